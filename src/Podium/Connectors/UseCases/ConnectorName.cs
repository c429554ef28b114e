namespace Podium.Connectors.UseCases;

/// <summary>The rules for what people call a connector, and what they say about it.</summary>
internal static class ConnectorName
{
    private const int Longest = 200;
    private const int LongestDescription = 4000;

    /// <exception cref="Refusal">It is no name.</exception>
    public static string Check(string name)
        => name.Trim() is { Length: > 0 and <= Longest } trimmed && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw new Refusal($"A name has 1 to {Longest} characters, on one line.", "displayName");

    /// <exception cref="Refusal">It is too long.</exception>
    public static string CheckDescription(string description)
        => description.Length <= LongestDescription ? description : throw new Refusal($"A description has at most {LongestDescription:N0} characters.", "description");
}
