namespace Baton.Configuration;

/// <summary>
/// The configuration is not good. The message is what the user should read: one problem as it is, several as a list, each on a line
/// of its own. It never contains the value of a secret.
/// </summary>
public sealed class ConfigurationException(IReadOnlyList<string> problems, Exception? cause = null)
    : Exception(problems is [var only] ? only : $"errors found:\n{string.Join('\n', problems)}", cause)
{
    public ConfigurationException(string problem, Exception? cause = null)
        : this([problem], cause)
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
