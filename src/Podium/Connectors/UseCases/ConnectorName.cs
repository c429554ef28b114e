namespace Podium.Connectors.UseCases;

internal static class ConnectorName
{
    private const int Longest = 200;

    /// <exception cref="Refusal">It is no name.</exception>
    public static string Check(string name)
        => name.Trim() is { Length: > 0 and <= Longest } trimmed && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw new Refusal($"A name has 1 to {Longest} characters, on one line.", "displayName");
}
