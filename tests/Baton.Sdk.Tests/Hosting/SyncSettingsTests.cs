using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting;
using Baton.Sdk.Sync;
using Baton.Sdk.Tests.Settings;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Hosting;

public sealed class SyncSettingsTests : IDisposable
{
    private readonly GrafanaLike _grafana = new GrafanaLike().WithCredentials();

    public void Dispose() => _grafana.Dispose();

    [Fact]
    public async Task From_Defaults_AreAFullSync()
    {
        var options = await FromAsync();

        Assert.Equal(Path.Combine(_grafana.WorkingDirectory, "sync.c1z"), options.OutputPath);
        Assert.Equal(8, options.Workers);
        Assert.Equal(2, options.KeepSyncs);
        Assert.True(options.FixCycles);
        Assert.Equal("the source", options.Source);
        Assert.Equal(Baton.C1z.Syncs.SyncType.Full, options.Type);
        Assert.Null(options.External);
        Assert.Null(options.File.TemporaryFolder);
    }

    [Theory]
    [InlineData("0", 8)]
    [InlineData("-1", 8)]
    [InlineData("-2", 1)]
    [InlineData("1", 1)]
    [InlineData("17", 17)]
    [InlineData("1000", 256)]
    public async Task From_Workers_AreBounded(string workers, int expected)
    {
        Assert.Equal(expected, (await FromAsync($"--workers={workers}")).Workers);
    }

    [Theory]
    [InlineData("BATON_KEEP_SYNC_COUNT", "5", 5)]
    [InlineData("BATON_KEEP_SYNC_COUNT", "0", 2)]
    [InlineData("BATON_KEEP_SYNC_COUNT", "-1", 2)]
    [InlineData("BATON_KEEP_SYNC_COUNT", "many", 2)]
    [InlineData("BATON_SKIP_CLEANUP", "true", 0)]
    [InlineData("BATON_SKIP_CLEANUP", "1", 0)]
    [InlineData("BATON_SKIP_CLEANUP", "false", 2)]
    [InlineData("BATON_SKIP_CLEANUP", "", 2)]
    public async Task From_Retention_ComesFromVariables(string variable, string value, int keep)
    {
        _grafana.With(variable, value);

        Assert.Equal(keep, (await FromAsync()).KeepSyncs);
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("T", false)]
    [InlineData("no", true)]
    public async Task From_DontFixCycles_IsHeard(string value, bool fix)
    {
        _grafana.With("BATON_DONT_FIX_CYCLES", value);

        Assert.Equal(fix, (await FromAsync()).FixCycles);
    }

    [Fact]
    public async Task From_Selection_IsTakenOver()
    {
        var options = await FromAsync("--sync-resource-types", "user,org,user", "--skip-entitlements-and-grants", "--file", "/elsewhere/x.c1z");

        Assert.Equal(["user", "org"], options.ResourceTypes);
        Assert.Equal(Baton.C1z.Syncs.SyncType.ResourcesOnly, options.Type);
        Assert.Equal("/elsewhere/x.c1z", options.OutputPath);
    }

    [Fact]
    public async Task From_Targets_AreRead()
    {
        var options = await FromAsync("--sync-resources", @"bid:r:user/1,bid:r:org/9/team/a\/b", "--skip-grants");

        Assert.Equal([new(Ids.Resource("user", "1"), Parent: null), new(Ids.Resource("team", "a/b"), Ids.Resource("org", "9"))], options.Targets);
        Assert.True(options.SkipGrants);
        Assert.Equal(Baton.C1z.Syncs.SyncType.Partial, options.Type);
    }

    [Theory]
    [InlineData("app,TRAIT_Role,trait_secret,User,GROUP", new[] { Trait.App, Trait.Role, Trait.Secret, Trait.User, Trait.Group })]
    [InlineData("", new[] { Trait.User, Trait.Group })]
    public async Task From_ExternalFile_IsFoundAndItsTraitsRead(string traits, Trait[] expected)
    {
        _grafana.WithFile("", "other.c1z");
        string[] words = ["--external-resource-c1z", "other.c1z", "--external-resource-entitlement-id-filter", "team:x:member"];

        var options = await FromAsync(traits.Length > 0 ? [.. words, "--external-resource-traits", traits] : words);

        Assert.Equal(Path.Combine(_grafana.WorkingDirectory, "other.c1z"), options.External?.Path);
        Assert.Equal("team:x:member", options.External?.EntitlementId);
        Assert.Equal(expected, options.External?.Traits);
    }

    [Fact]
    public async Task From_UnknownTrait_IsRefused()
    {
        _grafana.WithFile("", "other.c1z");

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => FromAsync("--external-resource-c1z", "other.c1z", "--external-resource-traits", "wings"));

        Assert.Equal("unknown external resource trait \"wings\"", failure.Message);
    }

    [Fact]
    public async Task From_TemporaryFolder_FlagWinsOverTheVariable()
    {
        var (one, two) = (Directory.CreateDirectory(Path.Combine(_grafana.WorkingDirectory, "one")).FullName, Directory.CreateDirectory(Path.Combine(_grafana.WorkingDirectory, "two")).FullName);
        _grafana.With("BATON_TMPDIR", one);

        Assert.Equal(one, (await FromAsync()).File.TemporaryFolder);
        Assert.Equal(two, (await FromAsync("--c1z-temp-dir", two)).File.TemporaryFolder);
    }

    [Fact]
    public async Task Fingerprint_WhatASyncIsOf_DecidesIt()
    {
        var plain = (await FromAsync()).Fingerprint;

        Assert.Equal(plain, (await FromAsync("--workers=3", "--file=other.c1z")).Fingerprint);
        Assert.False((await FromAsync("--sync-resource-types=user")).Fingerprint == plain);
        Assert.Equal((await FromAsync("--sync-resource-types=user,org")).Fingerprint, (await FromAsync("--sync-resource-types=org,user")).Fingerprint);
        _grafana.WithFile("", "other.c1z");
        Assert.False((await FromAsync("--external-resource-c1z=other.c1z")).Fingerprint == plain);
    }

    private async Task<SyncOptions> FromAsync(params string[] words)
    {
        var environment = new ProcessEnvironment
        {
            Variables = name => _grafana.Environment.GetValueOrDefault(name),
            WorkingDirectory = _grafana.WorkingDirectory,
            Output = Stream.Null,
            Error = Stream.Null,
        };
        return SyncSettings.From(await _grafana.ResolveAsync(words), environment, "the source");
    }
}
