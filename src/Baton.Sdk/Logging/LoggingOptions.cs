using Baton.Configuration;
using Baton.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>What to log, how, and where to.</summary>
public sealed record LoggingOptions
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public LogFormat Format { get; init; }

    /// <summary>Paths of files, which are appended to, <c>stdout</c> and <c>stderr</c>. Standard error when empty.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Takes out what no line may contain.</summary>
    public Redactor Redactor { get; init; } = new();

    public static LoggingOptions From(ResolvedConfiguration configuration) => new()
    {
        Level = LogLevels.Parse(configuration.GetString("log-level")),
        Format = configuration.GetString("log-format") is "console" ? LogFormat.Console : LogFormat.Json,
        Paths = configuration.GetStrings("log-path"),
        Redactor = configuration.Redactor,
    };

    // Paths are all that is worth printing.
    public override string ToString() => $"{Level} {Format} {string.Join(',', Paths)}";
}
