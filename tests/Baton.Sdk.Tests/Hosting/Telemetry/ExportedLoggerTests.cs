using Baton.Configuration.Secrets;
using Baton.Sdk.Hosting.Telemetry;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tests.Hosting.Telemetry;

public sealed partial class ExportedLoggerTests
{
    private readonly Kept _log = new(LogLevel.Information);
    private readonly Kept _export = new(LogLevel.Trace);

    private ExportedLogger Logger => new(_log, _export, new Redactor(["planted-4711"]));

    [Fact]
    public void Log_FieldsWithSecretsAndAddresses_AreExportedWithoutThem()
    {
        LogFailed(Logger, "Grafana knows <ada.lovelace@example.com>, not bob@example.org: planted-4711", 3);

        var line = Assert.Single(_export.Lines);
        Assert.Equal("Grafana knows <EMAIL>, not EMAIL: REDACTED", line["why_not"]);
        Assert.Equal(3, line["attempts"]);
        Assert.Equal("a task failed", line["{OriginalFormat}"]);
        Assert.Contains("ada.lovelace@example.com", (string)Assert.Single(_log.Lines)["whyNot"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_Exception_IsExportedAsFieldsWithoutThem()
    {
        LogBug(Logger, new InvalidOperationException("no eve@example.com with planted-4711"));

        var line = Assert.Single(_export.Lines);
        Assert.Equal("System.InvalidOperationException", line["exception.type"]);
        Assert.Equal("no EMAIL with REDACTED", line["exception.message"]);
    }

    [Fact]
    public void Log_BelowTheLevelOfTheLog_IsNotExported()
    {
        LogDetail(Logger);

        Assert.Empty(_export.Lines);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "a task failed")]
    private static partial void LogFailed(ILogger logger, string whyNot, int attempts);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "a bug")]
    private static partial void LogBug(ILogger logger, Exception failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Debug, Message = "a detail")]
    private static partial void LogDetail(ILogger logger);

    private sealed class Kept(LogLevel level) : ILogger
    {
        public List<Dictionary<string, object?>> Lines { get; } = [];

        public bool IsEnabled(LogLevel logLevel) => logLevel >= level;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Add(new((IEnumerable<KeyValuePair<string, object?>>)state!, StringComparer.Ordinal));
    }
}
