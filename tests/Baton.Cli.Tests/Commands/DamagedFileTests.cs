using System.Text;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

/// <summary>
/// Files that were cut off or changed anywhere, outside and inside of their compression. Whatever is done with one, it is done, or it ends in
/// one line that says why, without a trace of the program's insides and with nothing left behind.
/// </summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int Cuts = 6;
    private const int Changes = 6;
    private const int ChangesInside = 30;
    private const int MostBytes = 12;

    private static readonly BatonExitCode[] Expected = [BatonExitCode.Done, BatonExitCode.Usage, BatonExitCode.BadFile, BatonExitCode.NoSync, BatonExitCode.Found];

    private static readonly Lazy<byte[]> Good = new(() =>
    {
        using var file = FeatureFile.Create();
        return File.ReadAllBytes(file.Path);
    });

    private readonly TemporaryFolder _folder = new();

    /// <summary>FILE is damaged, OUT is where a file or a folder may be made.</summary>
    public static TheoryData<string> Commands { get; } =
    [
        "resource-types", "resources", "resources -o json", "entitlements -o csv", "grants", "grants -o json", "grants -o csv --sort email,-resource",
        "grants -o markdown --search a", "grants --role Admin --since 1h", "principals -o jsonl", "find admin", "access user:2", "access user:2 -o json",
        "principals compare -e org:1:Viewer --compare-entitlement org:1:Admin -o json", "syncs", "syncs -o json", "stats", "stats -o json", "check",
        "check -o json", "diff", "diff -o json", "diff --format upstream", "diff --mode parity --left FILE --right FILE -o json", "findings", "findings -o json",
        "export csv --details --out OUT", "export xlsx --out OUT", "export json --out OUT", "export jsonl --out OUT", "export c1z --out OUT", "dump-db --out OUT",
        "review --format csv,html,json,xlsx --out OUT", "review --since FILE --format csv --out OUT", "explorer --no-open -o json", "optimize", "recalculate-stats",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Run_FileDamagedAnywhere_IsDoneOrEndsInOneLine(string command)
    {
        // The same every time: a failure can be looked into by running it again.
        var random = new Random(command.Sum(character => character));
        foreach (var (damage, bytes) in Damaged(random))
        {
            var path = Path.Combine(_folder.Path, "damaged.c1z");
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

            var (code, error) = await RunAsync(command, path);

            var shown = $"{command}: {damage}: {code}: {error}";
            Assert.True(Expected.Contains(code), shown);
            Assert.True(code is BatonExitCode.Done or BatonExitCode.Found || error.Contains("Error: ", StringComparison.Ordinal), shown);
            Assert.True(error.Split("Error: ").Length <= 2, shown);
            Assert.All(error.Split('\n'), line => Assert.False(line.StartsWith("   at ", StringComparison.Ordinal), shown));
            AssertNothingHalfWritten(code, bytes, path, shown);
        }
    }

    private static IEnumerable<(string Damage, byte[] Bytes)> Damaged(Random random)
    {
        for (var i = 0; i < Cuts; i++)
        {
            var length = random.Next(Good.Value.Length);
            yield return ($"cut after {length} bytes", Good.Value[..length]);
        }

        for (var i = 0; i < Changes; i++)
        {
            var (damage, bytes) = Changed(Good.Value, random);
            yield return (damage, bytes);
        }

        var database = Damage.Unpack(Good.Value);
        for (var i = 0; i < ChangesInside; i++)
        {
            var (damage, bytes) = Changed(database, random);
            yield return ($"{damage} inside", Damage.Pack(bytes));
        }
    }

    // What is zero in a database is mostly room that nobody uses.
    private static (string Damage, byte[] Bytes) Changed(byte[] bytes, Random random)
    {
        var used = Enumerable.Range(0, bytes.Length).Where(at => bytes[at] != 0).ToArray();
        var changed = bytes.ToArray();
        var damage = new StringBuilder();
        for (var count = random.Next(1, MostBytes + 1); count > 0; count--)
        {
            var at = used[random.Next(used.Length)];
            changed[at] = (byte)random.Next(byte.MaxValue + 1);
            damage.Append($"byte {at} is {changed[at]}, ");
        }

        return (damage.ToString(), changed);
    }

    private async Task<(BatonExitCode Code, string Error)> RunAsync(string command, string path)
    {
        using var temporary = new TemporaryFolder();
        using var interruption = new CancellationTokenSource();
        using var output = command.StartsWith("explorer", StringComparison.Ordinal) ? new InterruptingWriter(interruption) : new StringWriter();
        using var error = new StringWriter();
        var host = new ProgramHost(output, error, name => name == "BATON_TMPDIR" ? temporary.Path : null, Terminal: null);
        var arguments = command.Replace("FILE", path, StringComparison.Ordinal).Replace("OUT", Path.Combine(_folder.Path, "out"), StringComparison.Ordinal).Split(' ');

        var code = (BatonExitCode)await BatonProgram.RunAsync([.. arguments, "-f", path], host, interruption.Token);

        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
        return (code, error.ToString());
    }

    private void AssertNothingHalfWritten(BatonExitCode code, byte[] before, string path, string shown)
    {
        var output = Path.Combine(_folder.Path, "out");
        if (code is not (BatonExitCode.Done or BatonExitCode.Found))
        {
            Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(path)), shown);
            Assert.False(File.Exists(output), shown);
            Assert.True(!Directory.Exists(output) || !Directory.EnumerateFileSystemEntries(output).Any(), shown);
        }

        if (Directory.Exists(output))
        {
            Directory.Delete(output, recursive: true);
        }

        File.Delete(output);

        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    /// <summary>Ends the explorer as soon as it has told its address.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interruption) : StringWriter
    {
        public override Task FlushAsync()
        {
            interruption.Cancel();
            return base.FlushAsync();
        }
    }
}
