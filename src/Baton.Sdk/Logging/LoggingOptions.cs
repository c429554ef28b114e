using Baton.Configuration;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>What to log, how, and where to.</summary>
public sealed record LoggingOptions
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public LogFormat Format { get; init; }

    /// <summary>Paths of files, which are appended to, <c>stdout</c> and <c>stderr</c>. Standard error when empty.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Texts that no line may contain. Those shorter than four characters are not looked for.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public static LoggingOptions From(ResolvedConfiguration configuration) => new()
    {
        Level = LogLevels.Parse(configuration.GetString("log-level")),
        Format = configuration.GetString("log-format") is "console" ? LogFormat.Console : LogFormat.Json,
        Paths = configuration.GetStrings("log-path"),
        Secrets = configuration.Secrets,
    };

    // A record would print the secrets' list; its type's name at best.
    public override string ToString() => $"{Level} {Format} {string.Join(',', Paths)}";
}
