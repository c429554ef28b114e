namespace Podium.Hosting.Settings;

/// <param name="Level">The least that is written of podium's own; of libraries, warnings.</param>
/// <param name="IsJson">A JSON object a line, or a line for people.</param>
internal sealed record LogOptions(LogLevel Level, bool IsJson)
{
    public static LogOptions Default { get; } = new(LogLevel.Information, IsJson: true);

    public static LogOptions Parse(string level, string format, List<string> problems)
    {
        LogLevel? parsed = level.ToLowerInvariant() switch
        {
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => null,
        };
        if (parsed is null)
        {
            problems.Add($"--log-level must be debug, info, warn or error, not '{level}'.");
        }

        if (format is not ("json" or "console"))
        {
            problems.Add($"--log-format must be json or console, not '{format}'.");
        }

        return new(parsed ?? LogLevel.Information, format != "console");
    }
}
