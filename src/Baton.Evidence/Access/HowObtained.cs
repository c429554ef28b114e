namespace Baton.Evidence.Access;

/// <summary>How access was obtained. Shared by all grants that were obtained in the same way.</summary>
/// <param name="IsDirect">Given to the account itself.</param>
/// <param name="Sources">The entitlements that it is inherited from, by id; empty when it is direct alone.</param>
/// <param name="Via">The sources in words.</param>
public sealed record HowObtained(bool IsDirect, IReadOnlyList<string> Sources, IReadOnlyList<string> Via)
{
    public static HowObtained Direct { get; } = new(IsDirect: true, [], []);

    public bool IsInherited => Via.Count > 0;

    /// <summary><c>direct</c>, <c>via SRE</c>, or <c>direct and via SRE</c>.</summary>
    public string Text { get; } = Via.Count == 0 ? "direct" : $"{(IsDirect ? "direct and via " : "via ")}{string.Join(", ", Via)}";
}
