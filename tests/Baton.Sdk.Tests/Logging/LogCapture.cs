using System.Text;
using Baton.Sdk.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Logging;

/// <summary>A logger that writes to memory, at a fixed time.</summary>
internal sealed class LogCapture : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    public LogCapture(LoggingOptions? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 11, 9, 38, TimeSpan.Zero).AddTicks(8293118));
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(-3.5), "x", "x"));
        Time = time;
        Factory = new StructuredLoggerFactory(options ?? new(), new LogStreams(_output, _error), time);
        Logger = Factory.CreateLogger("Baton.Sdk.Sync.SyncEngine");
    }

    public FakeTimeProvider Time { get; }

    public StructuredLoggerFactory Factory { get; }

    public ILogger Logger { get; }

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public void Dispose() => Factory.Dispose();
}
