using Baton.Evidence.Access;

namespace Baton.Evidence.Review;

/// <summary>Which resources a review is about: <c>org:1</c> with what belongs to it, or <c>team:*</c>; everything when empty.</summary>
public sealed record ReviewScope(IReadOnlyList<string> Patterns)
{
    private const int NamedTargets = 10;

    public static ReviewScope Everything { get; } = new([]);

    public bool IsEverything => Patterns.Count == 0;

    public string Text => IsEverything ? "everything in the file" : string.Join(", ", Patterns);

    public bool Contains(AccessTarget target)
        => IsEverything || target.WithAncestors().Any(around => Patterns.Any(pattern => Matches(pattern, around)));

    /// <exception cref="EvidenceException">A pattern fits nothing.</exception>
    public void Check(AccessBook book)
    {
        foreach (var pattern in Patterns)
        {
            if (!book.Targets.Any(target => target.WithAncestors().Any(around => Matches(pattern, around))))
            {
                var known = string.Join(", ", book.Targets.Take(NamedTargets).Select(target => target.Reference));
                throw new EvidenceException(
                    $"--scope \"{pattern}\" fits no resource that access is to; there are {known}{(book.Targets.Count > NamedTargets ? ", …" : "")}",
                    EvidenceError.Mistake);
            }
        }
    }

    private static bool Matches(string pattern, AccessTarget target)
        => pattern.EndsWith(":*", StringComparison.Ordinal) ? target.TypeId == pattern[..^2] : pattern == target.Reference;
}
