namespace Baton.Evidence.Review.Decisions;

public enum DecisionKind
{
    Keep,
    Change,
    Revoke,
    Defer,
}

internal static class DecisionKinds
{
    public static IReadOnlyList<string> Names { get; } = ["keep", "change", "revoke", "defer"];

    public static string Name(this DecisionKind kind) => Names[(int)kind];

    /// <summary>Null when the text is not a decision. Case and spaces around do not matter.</summary>
    public static DecisionKind? Parse(string text)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return (DecisionKind)i;
            }
        }

        return null;
    }
}
