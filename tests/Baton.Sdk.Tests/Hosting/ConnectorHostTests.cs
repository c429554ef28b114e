using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.C1z;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting;
using Baton.Sdk.Tests.Sync;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Hosting;

public sealed class ConnectorHostTests : IDisposable
{
    private readonly ScriptedProgram _program = new() { Create = (_, _) => Users() };

    public static TheoryData<StatusCode> Codes() => [.. Enum.GetValues<StatusCode>().Except([StatusCode.OK])];

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task RunAsync_NoArguments_SyncsIntoTheDefaultFile()
    {
        Assert.Equal(0, await _program.RunAsync());

        Assert.Equal(["user:1"], Users(Path.Combine(_program.Folder, "sync.c1z")));
        Assert.Empty(_program.Output);
        Assert.All(_program.ErrorLines, line => Assert.Equal("info", JsonDocument.Parse(line).RootElement.GetProperty("level").GetString()));
        Assert.Contains("\"msg\":\"Sync complete.\"", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FileGiven_SyncsIntoIt()
    {
        Assert.Equal(0, await _program.RunAsync("-f", "other.c1z"));

        Assert.Equal(["user:1"], Users(Path.Combine(_program.Folder, "other.c1z")));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task RunAsync_TargetRefuses_ExitsWithItsCode(StatusCode code)
    {
        _program.Create = (_, _) => new ScriptedConnector { Validate = _ => throw new ConnectorException(code, "refused, ask Ada") { IsTransient = false } };

        Assert.Equal((int)code, await _program.RunAsync());

        Assert.Equal("refused, ask Ada", _program.ErrorLines[^1]);
        Assert.Contains("\"msg\":\"runner: error processing on-demand task\",\"error\":\"refused, ask Ada\",\"task_id\":\"\",\"task_type\":\"sync_full\"", _program.ErrorLines[^3], StringComparison.Ordinal);
        Assert.Contains("\"msg\":\"error running connector\",\"error\":\"refused, ask Ada\"", _program.ErrorLines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RefusalWithoutACode_Exits13()
    {
        _program.Create = (_, _) => throw new ConnectorException(StatusCode.OK, "odd");

        Assert.Equal(13, await _program.RunAsync());
    }

    [Theory]
    [InlineData("unknown flag: --nonsense", "--nonsense")]
    [InlineData("unknown command for \"baton-scripted\": word 1 of the command line is neither a command nor a flag", "hunter2")]
    [InlineData("unknown command \"confg\" for \"baton-scripted\" (did you mean \"config\"?)", "confg")]
    [InlineData("invalid resource type 'team' in filter (this connector has: user)", "--sync-resource-types", "team")]
    [InlineData("skip-grants can only be set within a targeted sync", "--skip-grants")]
    [InlineData("c1zPath must be set when in on-demand mode (--file)", "--file=")]
    [InlineData("the specified external resource c1z file does not exist: nowhere.c1z", "--external-resource-c1z", "nowhere.c1z")]
    [InlineData("the specified c1z temp dir does not exist: /no/such/folder", "--c1z-temp-dir", "/no/such/folder")]
    public async Task RunAsync_UserCanMendIt_Exits2WithOneLine(string text, params string[] arguments)
    {
        Assert.Equal(2, await _program.RunAsync(arguments));

        Assert.Equal(text, _program.ErrorLines[^1]);
        Assert.DoesNotContain(_program.ErrorLines, line => line.StartsWith("   at ", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_program.Folder, "sync.c1z")));
    }

    [Fact]
    public async Task RunAsync_BadTarget_PointsAtIt()
    {
        Assert.Equal(2, await _program.RunAsync("--sync-resources", "user/1"));

        Assert.StartsWith("error parsing baton id 'user/1' at location 0: ", _program.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Equal("                        ^", _program.ErrorLines[^1]);
    }

    [Fact]
    public async Task RunAsync_Bug_ShowsWhereItIs()
    {
        _program.Create = (_, _) => new ScriptedConnector { Validate = _ => throw new FormatException("a bug of the connector") };

        Assert.Equal(2, await _program.RunAsync());

        Assert.Contains("unexpected failure, please report it: System.FormatException: a bug of the connector", _program.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ClientIdThatIsNone_DoesNotBecomeASync()
    {
        Assert.Equal(2, await _program.RunAsync("--client-id", "a", "--client-secret", "b", "--log-level=error"));

        Assert.False(File.Exists(Path.Combine(_program.Folder, "sync.c1z")));
    }

    [Fact]
    public async Task RunAsync_Interrupted_Exits1AndKeepsTheProgress()
    {
        using var stop = new CancellationTokenSource();
        _program.Create = (_, _) => new ScriptedConnector(
            new ScriptedType("user", Trait.User)
            {
                Resources = (_, _) => Pages.Of(Make.User("1")),
                Grants = (_, _) =>
                {
                    stop.Cancel();
                    return Pages.None<Grant>();
                },
            });

        Assert.Equal(1, await _program.RunUntilAsync(stop.Token));

        Assert.Equal("interrupted", _program.ErrorLines[^1]);
        Assert.True(File.Exists(Path.Combine(_program.Folder, "sync.c1z.partial")));
        Assert.False(File.Exists(Path.Combine(_program.Folder, "sync.c1z")));

        Assert.Equal(0, await _program.RunAsync());
        Assert.Contains("resumed previous sync", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_InterruptedAndPointedElsewhere_DoesNotMixTheTwo()
    {
        var interrupted = false;
        _program.Create = (_, _) => new ScriptedConnector(
            new ScriptedType("user", Trait.User)
            {
                Resources = (_, _) => Pages.Of(Make.User(interrupted ? "2" : "1")),
                Grants = (_, _) => interrupted ? Pages.None<Grant>() : Pages.Failing<Grant>(new ConnectorException(StatusCode.Aborted, "interrupted")),
            });
        Assert.Equal(10, await _program.RunAsync("--hostname", "one"));
        interrupted = true;

        Assert.Equal(0, await _program.RunAsync("--hostname", "two"));

        Assert.Equal(["user:2"], Users(Path.Combine(_program.Folder, "sync.c1z")));
    }

    [Fact]
    public void StopRequest_SignalTwice_TakesTheFirstOnly()
    {
        using var request = new StopRequest();
        var first = new PosixSignalContext(PosixSignal.SIGTERM);
        var second = new PosixSignalContext(PosixSignal.SIGINT);

        request.On(first);
        Assert.True(first.Cancel);
        Assert.True(request.Token.IsCancellationRequested);

        request.On(second);
        Assert.False(second.Cancel);
    }

    [Fact]
    public async Task RunAsync_Settings_ReachTheConnector()
    {
        ConnectorContext? context = null;
        _program.Create = (configuration, given) =>
        {
            Assert.Equal("https://x", configuration.GetString("hostname"));
            context = given;
            return Users();
        };

        await _program.RunAsync("--hostname", "https://x", "--workers", "3", "--http-timeout-seconds", "7", "--sync-resource-types", "user");

        Assert.Equal(3, context?.Parallelism);
        Assert.Equal(TimeSpan.FromSeconds(7), context?.HttpTimeout);
        Assert.Equal(["user"], context?.SelectedTypes);
        Assert.Same(_program.Time, context?.Time);
    }

    [Fact]
    public async Task RunAsync_PebbleAskedFor_WarnsAndWritesSqlite()
    {
        Assert.Equal(0, await _program.RunAsync("--storage-engine", "pebble"));

        Assert.Contains("storage engine pebble is not available", _program.Error, StringComparison.Ordinal);
        Assert.Equal(["user:1"], Users(Path.Combine(_program.Folder, "sync.c1z")));
    }

    [Fact]
    public async Task RunAsync_Terminal_ShowsASummaryInsteadOfLogs()
    {
        _program.OnATerminal = true;

        Assert.Equal(0, await _program.RunAsync());

        Assert.DoesNotContain("{", _program.Error, StringComparison.Ordinal);
        Assert.Contains($"Synced to {Path.Combine(_program.Folder, "sync.c1z")} in 0.0 s (", _program.Error, StringComparison.Ordinal);
        Assert.Contains("  user                       1\n", _program.Error, StringComparison.Ordinal);
        Assert.Contains("  entitlements               0\n", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TerminalAndLogsAskedFor_Logs()
    {
        _program.OnATerminal = true;

        Assert.Equal(0, await _program.RunAsync("--log-level", "info"));

        Assert.All(_program.ErrorLines, line => Assert.StartsWith("{", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_TerminalAndFailure_SaysItOnce()
    {
        _program.OnATerminal = true;
        _program.Create = (_, _) => new ScriptedConnector { Validate = _ => throw new ConnectorException(StatusCode.Unauthenticated, "wrong password") };

        Assert.Equal(16, await _program.RunAsync());

        Assert.Equal("wrong password\n", _program.Error);
    }

    [Fact]
    public async Task RunAsync_SecretInAWarning_IsHidden()
    {
        _program.OnATerminal = true;
        _program.Create = (_, _) => new ScriptedConnector(new ScriptedType("user", Trait.User)
        {
            Resources = (_, request) =>
            {
                request.Sync.Warn("it answered hunter2-secret");
                return Pages.None<Resource>();
            },
        });

        Assert.Equal(0, await _program.RunAsync("--password", "hunter2-secret"));

        Assert.DoesNotContain("hunter2-secret", _program.Error, StringComparison.Ordinal);
        Assert.Contains("Warning: it answered ", _program.Error, StringComparison.Ordinal);
        Assert.Contains("1 warning, above", _program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Version_IsPrinted()
    {
        Assert.Equal(0, await _program.RunAsync("--version"));

        Assert.Equal("baton-scripted version 1.2.3\n", _program.Output);
    }

    [Fact]
    public async Task RunAsync_Capabilities_PrintsADocumentAndNothingElse()
    {
        _program.Default = new ScriptedConnector(new ScriptedType("user", Trait.User));

        Assert.Equal(0, await _program.RunAsync("capabilities"));

        Assert.Empty(_program.Error);
        Assert.Equal(CapabilitiesDocument.Print(_program.Default), _program.Output);
    }

    [Fact]
    public async Task RunAsync_CapabilitiesWithAConnectorsFlag_IsRefused()
    {
        Assert.Equal(2, await _program.RunAsync("capabilities", "--hostname", "x"));

        Assert.Equal("unknown flag: --hostname\n", _program.Error);
        Assert.Empty(_program.Output);
    }

    [Theory]
    [InlineData("capabilities")]
    [InlineData("config")]
    public async Task RunAsync_DocumentWithABadFileName_IsRefused(string command)
    {
        _program.Variables["BATON_CONFIG_PATH"] = "settings.toml";

        Assert.Equal(2, await _program.RunAsync(command));

        Assert.Empty(_program.Output);
        Assert.Single(_program.ErrorLines);
    }

    [Fact]
    public async Task RunAsync_Config_PrintsTheSchema()
    {
        Assert.Equal(0, await _program.RunAsync("config"));

        Assert.Empty(_program.Error);
        Assert.False(_program.Output.EndsWith('\n'));
        var names = JsonDocument.Parse(_program.Output).RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()).ToList();
        Assert.Equal(["hostname", "password"], names.TakeLast(2).ToArray());
    }

    private static ScriptedConnector Users() => new(new ScriptedType("user", Trait.User) { Resources = (_, _) => Pages.Of(Make.User("1")) });

    private static string[] Users(string path)
    {
        using var file = C1zFile.OpenRead(path);
        return [.. file.Read(Assert.Single(file.Syncs.All())).Resources().Select(resource => $"{resource.Id.ResourceType}:{resource.Id.Resource}")];
    }
}
