using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Access;

/// <summary>How access was obtained. Shared by all grants that were obtained in the same way.</summary>
/// <param name="IsDirect">Given to the account itself.</param>
/// <param name="Sources">The entitlements that it is inherited from, by id; empty when it is direct alone.</param>
/// <param name="Via">The sources in words, each once.</param>
public sealed record HowObtained(bool IsDirect, IReadOnlyList<string> Sources, IReadOnlyList<string> Via)
{
    public static HowObtained Direct { get; } = new(IsDirect: true, [], []);

    public bool IsInherited => Via.Count > 0;

    public Way Way => !IsInherited ? Way.Direct : IsDirect ? Way.Both : Way.Inherited;

    /// <summary><c>direct</c>, <c>via SRE</c>, or <c>direct and via SRE</c>.</summary>
    public string Text => Told(" and ");

    /// <summary>The same where there is little room: <c>direct, via SRE</c>.</summary>
    public string Short => Told(", ");

    /// <param name="nameOf">An entitlement by its id, in words.</param>
    public static HowObtained Of(Grant? grant, Func<string, string> nameOf)
        => SourcesOf(grant) is { Count: > 0 } others
            ? new(IsAlsoDirect(grant!), others, [.. others.Select(nameOf).Distinct(StringComparer.Ordinal)])
            : Direct;

    /// <summary>The entitlements that a grant is inherited from, by id. What it grants is named among them when it is also given directly.</summary>
    internal static IReadOnlyList<string> SourcesOf(Grant? grant)
        => grant?.Sources is not { Sources.Count: > 0 } sources ? [] : [.. sources.Sources.Keys.Where(id => id != OwnId(grant)).Order(StringComparer.Ordinal)];

    internal static bool IsAlsoDirect(Grant grant) => grant.Sources.Sources.ContainsKey(OwnId(grant));

    private static string OwnId(Grant grant) => grant.Entitlement?.Id ?? "";

    private string Told(string and) => Via.Count == 0 ? "direct" : $"{(IsDirect ? $"direct{and}" : "")}via {string.Join(", ", Via)}";
}

/// <summary>How access was obtained, in one word.</summary>
public enum Way
{
    Direct,
    Inherited,
    Both,
}
