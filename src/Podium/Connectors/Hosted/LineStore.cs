using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Connectors.Hosted;

/// <summary>Writes the lines of connectors' processes, many at a time; a process that writes faster than the database loses lines, not the server.</summary>
internal sealed partial class LineStore(Database database, TimeProvider clock, ILogger<LineStore> logger) : BackgroundService
{
    private const int LongestLine = 8 * 1024;
    private const int MostWaiting = 10_000;
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    private readonly Channel<ConnectorLine> _lines = Channel.CreateBounded<ConnectorLine>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="connectorId">Whose.</param>
    /// <param name="runId">Which process of it.</param>
    /// <param name="text">The line.</param>
    /// <param name="secrets">What must not be in it.</param>
    public void Add(long connectorId, long runId, string text, IReadOnlyCollection<string> secrets)
    {
        var clean = secrets.Aggregate(text, (line, secret) => line.Replace(secret, "•••", StringComparison.Ordinal)).Replace('\0', '?');
        _lines.Writer.TryWrite(new()
        {
            ConnectorId = connectorId,
            RunId = runId,
            At = clock.Now(),
            Level = LevelOf(clean),
            Text = clean.Length > LongestLine ? clean[..LongestLine] + "…" : clean,
        });
    }

    public Task SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var before = clock.Now() - Kept;
            await context.Set<ConnectorLine>().Where(line => line.At < before).ExecuteDeleteAsync(cancellationToken);
        },
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _lines.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Gathering, TimeProvider.System, stoppingToken);
            await WriteAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var lines = new List<ConnectorLine>();
        while (lines.Count < MostAtOnce && _lines.Reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        try
        {
            await database.WriteAsync(
                context =>
                {
                    context.AddRange(lines);
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Whatever the database has: what a connector says is not worth the server.
            LogLost(lines.Count, failure.Message);
        }
    }

    private static string LevelOf(string line)
    {
        if (!line.StartsWith('{'))
        {
            return "";
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("level", out var level) && level.ValueKind == JsonValueKind.String ? level.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    [LoggerMessage(EventId = 3501, Level = LogLevel.Warning, Message = "{Count} lines of connectors were not kept: {Reason}")]
    private partial void LogLost(int count, string reason);
}
