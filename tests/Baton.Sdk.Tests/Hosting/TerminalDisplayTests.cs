using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Sdk.Hosting;
using Baton.Sdk.Sync;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Hosting;

public sealed partial class TerminalDisplayTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly StringWriter _terminal = new() { NewLine = "\n" };
    private readonly SyncProgress _progress;
    private readonly TerminalDisplay _display;

    public TerminalDisplayTests()
    {
        _progress = new SyncProgress(_time, NullLogger.Instance);
        _display = new TerminalDisplay(_terminal, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _display.DisposeAsync();
        await _terminal.DisposeAsync();
    }

    [Fact]
    public void Follow_TimePasses_MovesOneLine()
    {
        _display.Follow(_progress);
        Tick();
        Assert.Equal("connecting  0.1 s", Shown()[2..]);

        _progress.Start(SyncOperation.ListResources);
        _progress.ResourcesListed("user", 1234);
        _progress.ResourcesListed("org", 2);
        Tick();
        Assert.Equal("reading resources  org 2  user 1,234  0.2 s", Shown()[2..]);

        _progress.Start(SyncOperation.ListGrants);
        _progress.GrantsListed(5678);
        Tick();
        Assert.Equal("reading grants  org 2  user 1,234  grants 5,678  0.3 s", Shown()[2..]);
        Assert.DoesNotContain('\n', _terminal.ToString());
    }

    [Fact]
    public void Follow_EveryTick_TurnsTheWheel()
    {
        _display.Follow(_progress);
        var wheel = Enumerable.Range(0, 5).Select(_ =>
        {
            Tick();
            return Shown()[0];
        }).ToList();

        Assert.Equal(4, wheel.Distinct().Count());
        Assert.Equal(wheel[0], wheel[4]);
    }

    [Theory]
    [InlineData("ListResourceTypes", "reading resources")]
    [InlineData("TargetedResource", "reading resources")]
    [InlineData("ListStaticEntitlements", "reading entitlements")]
    [InlineData("ListEntitlements", "reading entitlements")]
    [InlineData("ListExternalResources", "matching external identities")]
    [InlineData("GrantExpansion", "expanding grants")]
    public void Follow_EveryPhase_HasWords(string phase, string words)
    {
        _display.Follow(_progress);
        _progress.Start(Enum.Parse<SyncOperation>(phase));

        Tick();

        Assert.StartsWith(words + "  ", Shown()[2..], StringComparison.Ordinal);
    }

    [Fact]
    public void Say_WhileMoving_StaysAboveTheLine()
    {
        _display.Follow(_progress);
        Tick();

        _display.Say("Warning: something");
        Tick();

        var lines = Screen();
        Assert.Equal("Warning: something", lines[0]);
        Assert.StartsWith("connecting", lines[1][2..], StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_Summary_CountsEverything()
    {
        _display.Follow(_progress);
        Tick();

        _display.Finish(Summary(warnings: 0));

        Assert.Equal(
            [
                "Synced to out.c1z in 12.3 s (1,024 KiB)",
                "  org                        2",
                "  user                   1,234",
                "  entitlements               6",
                "  grants                 5,678",
                "",
            ],
            Screen());
        var written = _terminal.ToString();
        Tick();
        Assert.Equal(written, _terminal.ToString());
    }

    [Theory]
    [InlineData(1, "1 warning, above")]
    [InlineData(3, "3 warnings, above")]
    public void Finish_Warnings_AreCounted(int warnings, string line)
    {
        _display.Finish(Summary(warnings));

        Assert.Equal(line, Screen()[^2]);
    }

    [Fact]
    public async Task DisposeAsync_WhileMoving_CleansTheLine()
    {
        _display.Follow(_progress);
        Tick();

        await _display.DisposeAsync();

        Assert.Equal([""], Screen());
        var written = _terminal.ToString();
        Tick();
        Assert.Equal(written, _terminal.ToString());
    }

    [Fact]
    public void Log_WarningsAndErrors_AreSaidInWords()
    {
        using var loggers = new TerminalLoggers(_display, new("hunter2-secret"));
        var logger = loggers.CreateLogger("any");

        LogQuiet(logger, 1);
        LogWarning(logger, "busy", 2);
        LogError(logger, "hunter2-secret");

        var lines = Screen();
        Assert.Equal(3, lines.Length);
        Assert.Equal("Warning: retrying operation (busy, 2)", lines[0]);
        Assert.StartsWith("Error: it said ", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2-secret", lines[1], StringComparison.Ordinal);
    }

    private static SyncSummary Summary(int warnings) => new(
        "id",
        new SyncStats { ResourcesByType = new SortedDictionary<string, long>(StringComparer.Ordinal) { ["user"] = 1234, ["org"] = 2 }, Entitlements = 6, Grants = 5678 },
        [.. Enumerable.Range(0, warnings).Select(i => $"{i}")],
        new SavedFile("out.c1z", 0, 1024 * 1024),
        TimeSpan.FromSeconds(12.34));

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "quiet {Number}")]
    private static partial void LogQuiet(ILogger logger, int number);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "retrying operation")]
    private static partial void LogWarning(ILogger logger, string error, double wait);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "it said {Text}")]
    private static partial void LogError(ILogger logger, string text);

    private void Tick() => _time.Advance(TimeSpan.FromMilliseconds(100));

    private string Shown() => Screen()[^1];

    /// <summary>What a terminal shows of what was written: a carriage return goes back, and what follows overwrites.</summary>
    private string[] Screen()
    {
        var lines = new List<string>();
        foreach (var line in _terminal.ToString().Split('\n'))
        {
            var cells = new List<char>();
            var column = 0;
            foreach (var character in line)
            {
                if (character == '\r')
                {
                    column = 0;
                    continue;
                }

                if (column == cells.Count)
                {
                    cells.Add(character);
                }

                cells[column++] = character;
            }

            lines.Add(new string([.. cells]).TrimEnd());
        }

        return [.. lines];
    }
}
