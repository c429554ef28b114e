using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Logging;

/// <summary>The names of levels, on the command line and in log lines.</summary>
internal static class LogLevels
{
    /// <summary>
    /// All lower or all upper case. The three levels above <c>error</c> are one here, and what is no level at all counts as
    /// <c>info</c>: a process should not refuse to work over how much it says about it.
    /// </summary>
    public static LogLevel Parse(string text)
    {
        var name = text.Trim();
        return (name.Any(char.IsAsciiLetterLower) ? name : name.ToLowerInvariant()) switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            "dpanic" or "panic" or "fatal" => LogLevel.Critical,
            _ => LogLevel.Information,
        };
    }

    public static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "fatal",
        _ => "info",
    };
}
