namespace Baton.Deployment.Tests.Systemd;

/// <summary>The unit that is shipped: systemd accepts it, and the connector knows what it says.</summary>
public sealed class UnitTests
{
    private static readonly string Folder = Repository.PathOf("deploy", "systemd");
    private static readonly string UnitPath = Path.Combine(Folder, "baton-grafana.service");
    private static readonly UnitFile Unit = new(UnitPath);
    private static readonly string SyncPath = Path.Combine(Folder, "baton-grafana-sync.service");
    private static readonly string TimerPath = Path.Combine(Folder, "baton-grafana-sync.timer");
    private static readonly UnitFile Sync = new(SyncPath);
    private static readonly UnitFile SyncToken = new(Path.Combine(Folder, "baton-grafana-sync.service.d", "token.conf.example"));
    private static readonly UnitFile Token = new(Path.Combine(Folder, "baton-grafana.service.d", "token.conf.example"));
    private static readonly Tool Analyze = new("systemd-analyze");

    public static TheoryData<string[]> Units => new(new[] { UnitPath }, new[] { SyncPath, TimerPath });

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Unit_Verified_IsWithoutComplaint(string[] units)
    {
        var folder = Directory.CreateTempSubdirectory("baton-unit-");
        try
        {
            var copies = new List<string>();
            foreach (var unit in units)
            {
                // The executable is not installed here, and systemd looks for it.
                copies.Add(Path.Combine(folder.FullName, Path.GetFileName(unit)));
                var text = await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken);
                await File.WriteAllTextAsync(copies[^1], text.Replace(Unit.Only("ExecStart"), "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            }

            var (exitCode, output, error) = await Analyze.TryAsync(["verify", "--man=no", .. copies]);

            Assert.DoesNotContain("baton-grafana", output + error, StringComparison.Ordinal);
            Assert.True(exitCode == 0, output + error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Unit_Exposure_IsLow()
    {
        await Analyze.RunAsync("security", "--offline=true", "--threshold=15", UnitPath);
        await Analyze.RunAsync("security", "--offline=true", "--threshold=15", SyncPath);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sync_OfTheServicesEnvironment_IsNoServiceAndReadsItsSecretFromAFile(bool withToken)
    {
        var unit = withToken ? SyncToken : Sync;
        string[] without = [.. Sync.All("UnsetEnvironment").SelectMany(names => names.Split(' '))];

        // What makes a service of a run.
        Assert.Contains("BATON_CLIENT_ID", without);
        Assert.DoesNotContain(Sync.Environment.Keys, name => name.StartsWith("BATON_CLIENT", StringComparison.Ordinal));
        KnownSettings.Has(without.Concat(unit.Environment.Keys));
        var (variable, file) = Assert.Single(unit.Environment);
        Assert.Contains(variable[..^"_FILE".Length], KnownSettings.Secrets);
        Assert.Equal($"%d/{Assert.Single(unit.Credentials).Key}", file);
    }

    [Fact]
    public void Sync_File_LiesWhereItMayWriteAndTheTimerIsItsOwn()
    {
        Assert.Equal("oneshot", Sync.Only("Type"));
        Assert.Contains($"--file %S/{Sync.Only("StateDirectory")}/", Sync.Only("ExecStart"), StringComparison.Ordinal);
        Assert.StartsWith(Unit.Only("ExecStart") + " ", Sync.Only("ExecStart"), StringComparison.Ordinal);
        Assert.Equal(Path.GetFileNameWithoutExtension(SyncPath), Path.GetFileNameWithoutExtension(TimerPath));
        Assert.Equal("timers.target", new UnitFile(TimerPath).Only("WantedBy"));
    }

    [Fact]
    public void Unit_Variables_AreKnownToTheConnectorAndNoneIsSecret()
    {
        var set = Unit.Environment.Keys.Where(name => !name.EndsWith("_FILE", StringComparison.Ordinal)).Concat(Example()).ToList();

        Assert.Contains("BATON_TMPDIR", set);
        KnownSettings.Has(set);
        Assert.DoesNotContain(set, KnownSettings.Secrets.Contains);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Unit_Credentials_AreTheFilesThatVariablesName(bool withToken)
    {
        var unit = withToken ? Token : Unit;
        var files = unit.Environment.Concat(withToken ? Unit.Environment : [])
            .Where(variable => variable.Key.EndsWith("_FILE", StringComparison.Ordinal) && !unit.All("UnsetEnvironment").Contains(variable.Key))
            .ToList();

        Assert.Equal(2, files.Count);
        Assert.All(files, variable => Assert.Contains(variable.Key[..^"_FILE".Length], KnownSettings.Secrets));
        Assert.Equal(unit.Credentials.Keys.Select(name => $"%d/{name}").Order(StringComparer.Ordinal), files.Select(file => file.Value).Order(StringComparer.Ordinal));
        Assert.All(unit.Credentials.Values, file => Assert.StartsWith("/etc/baton-grafana/", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Unit_FileVariables_AreKnownToTheConnector()
    {
        KnownSettings.Has(Unit.Environment.Keys.Concat(Token.Environment.Keys));
    }

    [Fact]
    public void Unit_Stop_LeavesTimeForTasks()
    {
        Assert.Equal("notify", Unit.Only("Type"));
        Assert.True(int.Parse(Unit.Only("TimeoutStopSec")) > 25 + 5);

        // It starts anew by itself, and finds what it was at.
        Assert.Equal("on-failure", Unit.Only("Restart"));
        Assert.Equal("%C/" + Unit.Only("CacheDirectory"), Unit.Environment["BATON_TMPDIR"]);
    }

    private static IEnumerable<string> Example()
        => File.ReadLines(Path.Combine(Folder, "environment.example")).Where(line => line.StartsWith("BATON_", StringComparison.Ordinal)).Select(line => line.Split('=')[0]);
}
