using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>One event, on its way to the outputs.</summary>
/// <param name="Fields">As the generated log methods give them, the template among them.</param>
/// <param name="Scopes">What surrounds the event; its fields come before the event's own.</param>
internal readonly record struct LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    string Caller,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> Fields,
    Exception? Exception,
    IExternalScopeProvider Scopes);
