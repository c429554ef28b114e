using System.Text.Json.Nodes;
using Baton.Configuration;
using Baton.Sdk.Logging;
using Baton.Sdk.Tests.Settings;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tests.Logging;

public sealed class StructuredLoggerFactoryTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("baton-logging-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Json_FieldsOutsideTheMessage_BecomeMembers()
    {
        using var log = new LogCapture();

        log.Logger.LogSyncing();
        log.Logger.LogSynced("user", 4);

        Assert.Equal(
            """
            {"level":"info","ts":1795432178.8293118,"caller":"sync/SyncEngine:1","msg":"Syncing resources..."}
            {"level":"info","ts":1795432178.8293118,"caller":"sync/SyncEngine:2","msg":"Synced resources","resource_type_id":"user","count":4}

            """,
            log.Error);
        Assert.Equal("", log.Output);
    }

    [Fact]
    public void Json_Exception_IsTheErrorsText()
    {
        using var log = new LogCapture();

        log.Logger.LogFailed(new InvalidOperationException("listing users", new IOException("connection refused")), "7");

        Assert.Equal(
            """
            {"level":"error","ts":1795432178.8293118,"caller":"sync/SyncEngine:3","msg":"runner: error processing on-demand task","task_id":"7","error":"listing users: connection refused"}

            """,
            log.Error);
    }

    [Fact]
    public void Json_AtDebugLevel_TellsTheStackTraceToo()
    {
        using var log = new LogCapture(new() { Level = LogLevel.Debug });

        log.Logger.LogFailed(new InvalidOperationException("boom"), "7");

        Assert.StartsWith("System.InvalidOperationException: boom", (string?)JsonNode.Parse(log.Error)!["stacktrace"], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_ScopesAndTemplates_KeepTheirOrder()
    {
        using var log = new LogCapture(new() { Level = LogLevel.Debug });
        using (log.Logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["grpc.service"] = "S" }))
        using (log.Logger.BeginScope("ignored"))
        using (log.Logger.BeginScope("to {PeerAddress}", "pipe"))
        {
            log.Logger.LogFinished("OK", 1.5m);
        }

        Assert.Equal(
            """
            {"level":"debug","ts":1795432178.8293118,"caller":"sync/SyncEngine:4","msg":"finished unary call with code OK","grpc.service":"S","peer_address":"pipe","grpc.code":"OK","grpc.time_ms":1.5}

            """,
            log.Error);
    }

    [Fact]
    public void Console_Line_HasColumnsAndSpacedMembers()
    {
        using var log = new LogCapture(new() { Format = LogFormat.Console });

        log.Logger.LogSyncing();
        log.Logger.LogSynced("a\",b:\\", 4);
        log.Logger.LogValues(TimeSpan.FromTicks(108244));

        Assert.Equal(
            "2026-11-23T07:39:38.829-0330\tINFO\tsync/SyncEngine:1\tSyncing resources...\n"
                + "2026-11-23T07:39:38.829-0330\tINFO\tsync/SyncEngine:2\tSynced resources\t{\"resource_type_id\": \"a\\\",b:\\\\\", \"count\": 4}\n"
                + "2026-11-23T07:39:38.829-0330\tWARN\tsync/SyncEngine:5\tvalues\t{\"value\": \"10.8244ms\"}\n",
            log.Error);
    }

    [Fact]
    public void Console_MessageFromAfar_CannotDriveTheTerminal()
    {
        using var log = new LogCapture(new() { Format = LogFormat.Console });

#pragma warning disable CA2254 // A message that is not constant is what this is about.
        log.Logger.LogInformation("\u001b[2Jgone");
#pragma warning restore CA2254

        Assert.Contains("\t\uFFFD[2Jgone\n", log.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("debug", 4)]
    [InlineData(" INFO ", 3)]
    [InlineData("", 3)]
    [InlineData("Debug", 3)]
    [InlineData("verbose", 3)]
    [InlineData("warn", 2)]
    [InlineData("error", 1)]
    [InlineData("dpanic", 0)]
    [InlineData("FATAL", 0)]
    public void Level_Name_DecidesWhatIsWritten(string name, int lines)
    {
        using var log = new LogCapture(new() { Level = LogLevels.Parse(name) });

        log.Logger.LogFinished("OK", 0);
        log.Logger.LogSyncing();
        log.Logger.LogValues(null);
        log.Logger.LogFailed(new IOException(), "");

        Assert.Equal(lines, log.Error.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("Baton.Grafana.Resources.UserType", "resources/UserType:1")]
    [InlineData("Baton.Sdk.Sync.Cache<System.String>", "sync/Cache:1")]
    [InlineData("Program", "Program:1")]
    public void CreateLogger_Category_IsTheCaller(string category, string caller)
    {
        using var log = new LogCapture();

        log.Factory.CreateLogger(category).LogSyncing();

        Assert.Equal(caller, (string?)JsonNode.Parse(log.Error)!["caller"]);
    }

    [Fact]
    public void Paths_FilesAndStreams_AllGetTheLine()
    {
        var path = Path.Combine(_directory.FullName, "log");
        File.WriteAllText(path, "earlier\n");

        using (var log = new LogCapture(new() { Paths = [path, "stdout", path] }))
        {
            log.Logger.LogSyncing();

            Assert.Equal("earlier\n" + log.Output, File.ReadAllText(path));
            Assert.Equal("", log.Error);
        }
    }

    [Fact]
    public void Paths_FileTruncatedMeanwhile_GrowsFromItsNewEnd()
    {
        var path = Path.Combine(_directory.FullName, "log");
        using var log = new LogCapture(new() { Paths = [path] });
        log.Logger.LogSyncing();
        using (var rotation = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            rotation.SetLength(0);
        }

        log.Logger.LogSyncing();

        Assert.StartsWith("{", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_Unusable_IsRefused()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => new LogCapture(new() { Paths = ["stderr", "/nosuch/log"] }));

        Assert.StartsWith("open sink \"/nosuch/log\": ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyTo_UntilDisposed_HasTheDebugLinesToo()
    {
        var path = Path.Combine(_directory.FullName, "debug.log");
        File.WriteAllText(path, "earlier\n");
        using var log = new LogCapture(new() { Format = LogFormat.Console });

        using (log.Factory.CopyTo(path))
        {
            Assert.True(log.Logger.IsEnabled(LogLevel.Debug));
            log.Logger.LogFinished("OK", 0);
        }

        log.Logger.LogFinished("OK", 0);
        Assert.Equal("", log.Error);
        Assert.Equal("debug", (string?)JsonNode.Parse(Assert.Single(File.ReadAllLines(path)))!["level"]);
        Assert.False(log.Logger.IsEnabled(LogLevel.Debug));
    }

    [Fact]
    public void Write_ManyThreads_LinesStayWhole()
    {
        using var log = new LogCapture();

        Parallel.For(0, 2000, index => log.Logger.LogSynced(new string('x', index % 100), index));

        var counts = log.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (int)JsonNode.Parse(line)!["count"]!);
        Assert.Equal(Enumerable.Range(0, 2000), counts.Order());
    }

    [Fact]
    public void Write_ValueThatLogs_DoesNotDisturbTheLine()
    {
        using var log = new LogCapture();

        log.Logger.LogValues(new Chatty(log.Logger));

        Assert.Equal(["Syncing resources...", "values"], log.Error.TrimEnd().Split('\n').Select(line => (string?)JsonNode.Parse(line)!["msg"]).ToArray());
    }

    [Fact]
    public async Task Secrets_InEveryPlace_AreReplaced()
    {
        using var log = new LogCapture(new() { Redactor = new("hunter2"), Level = LogLevel.Debug });
        using var scope = log.Logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["at"] = "x-hunter2-y" });

        log.Logger.LogFinished("hunter2", 0);
        log.Logger.LogFailed(new IOException("a", new IOException("hunter2")), "hunter2");
        log.Logger.LogValues(new[] { "hunter2" });
        log.Logger.LogValues(new Dictionary<string, string>(StringComparer.Ordinal) { ["hunter2"] = "hunter2" });
        log.Logger.LogValues(new Uri("https://admin:hunter2@g/"));
        await Task.Yield();

        Assert.DoesNotContain("hunter2", log.Error, StringComparison.Ordinal);
        Assert.Contains("\"at\":\"x-REDACTED-y\"", log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_Configuration_TakesTheFlags()
    {
        using var grafana = new GrafanaLike().WithCredentials();

        var options = LoggingOptions.From(await grafana.ResolveAsync("--log-level=DEBUG", "--log-format=console", "--log-path=a,stdout"));
        var unknown = LoggingOptions.From(await grafana.ResolveAsync("--log-format=xml"));

        Assert.Equal((LogLevel.Debug, LogFormat.Console), (options.Level, options.Format));
        Assert.Equal(["a", "stdout"], options.Paths);
        Assert.Equal(["hunter2"], options.Redactor.Secrets);
        Assert.Equal(LogFormat.Json, unknown.Format);
        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
    }

    private sealed class Chatty(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogSyncing();
            return "done";
        }
    }
}
