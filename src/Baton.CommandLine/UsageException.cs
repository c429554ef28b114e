namespace Baton.CommandLine;

/// <summary>
/// The command line was written wrongly. The message is what the user should read: one line, without a program name in front.
/// </summary>
public sealed class UsageException(string message, string? hint = null) : Exception(message)
{
    /// <summary>What the user probably meant, e.g. <c>did you mean "resources"?</c>; null when nothing is close.</summary>
    public string? Hint { get; } = hint;
}
