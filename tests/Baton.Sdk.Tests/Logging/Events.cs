using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tests.Logging;

/// <summary>Log methods as the product declares them.</summary>
internal static partial class Events
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Syncing resources...")]
    public static partial void LogSyncing(this ILogger logger);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Synced resources")]
    public static partial void LogSynced(this ILogger logger, string resourceTypeId, int count);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "runner: error processing on-demand task")]
    public static partial void LogFailed(this ILogger logger, Exception exception, string task_id);

    [LoggerMessage(EventId = 4, Level = LogLevel.Debug, Message = "finished unary call with code {grpc__code}")]
    public static partial void LogFinished(this ILogger logger, string grpc__code, decimal grpc__timeMs);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "values")]
    public static partial void LogValues(this ILogger logger, object? value);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "many")]
    public static partial void LogMany(this ILogger logger, int a, long b, bool c, double d, string e, TimeSpan f, DateTimeOffset g, string? h);
}
