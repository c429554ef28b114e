using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Podium.Hosting;
using Podium.Telemetry;

namespace Podium.AccessLog;

/// <summary>
/// Writes the lines into a file a day beside the database, and removes the files that are too old. Files, not rows: reading must not make writers
/// wait, and what was looked at does not belong into each backup.
/// </summary>
internal sealed partial class AccessLogWriter(DataFolder folder, TimeProvider clock, ILogger<AccessLogWriter> logger) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const string Beginning = "access-";
    private const string Ending = ".jsonl";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    // A disk that does not answer must not hold requests: what does not fit is counted.
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private DateOnly _swept;

    public string Folder => folder.FilePath("access-log");

    public void Add(string line) => ServerTelemetry.AccessLines.Count("outcome", _lines.Writer.TryWrite(line) ? "taken" : "dropped");

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What the last requests said is still written.
        _lines.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _lines.Reader.WaitToReadAsync(CancellationToken.None))
        {
            try
            {
                await WriteAsync();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                LogFailed(failure.Message);
                ServerTelemetry.AccessLines.Count("outcome", "failed");
            }
        }
    }

    private async Task WriteAsync()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        Directory.CreateDirectory(Folder, OwnerOnly);
        if (today != _swept)
        {
            Sweep(today);
            _swept = today;
        }

        await using var file = new FileStream(PathOf(today), new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        while (_lines.Reader.TryRead(out var line))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(line));
        }
    }

    private void Sweep(DateOnly today)
    {
        var first = today.AddDays(-Kept.Days);
        foreach (var path in Directory.EnumerateFiles(Folder, $"{Beginning}*{Ending}"))
        {
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path)[Beginning.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < first)
            {
                File.Delete(path);
            }
        }
    }

    private string PathOf(DateOnly day) => Path.Combine(Folder, $"{Beginning}{day:yyyy-MM-dd}{Ending}");

    [LoggerMessage(EventId = 2401, Level = LogLevel.Error, Message = "The access log cannot be written: {Reason}")]
    private partial void LogFailed(string reason);
}
