using Baton.Evidence.Access;
using Baton.Evidence.Sheets.Inputs;

namespace Baton.Evidence.Review;

/// <summary>Who decides about which resource.</summary>
public sealed class ReviewerMap
{
    private readonly Dictionary<string, string> _reviewers = new(StringComparer.Ordinal);

    /// <exception cref="EvidenceException">The file cannot be read, or is not such a list.</exception>
    public static ReviewerMap Read(string path)
    {
        var map = new ReviewerMap();
        foreach (var (row, cell) in CsvTable.Read(path, ["resource", "reviewer_email"]))
        {
            var name = cell("reviewer_name");
            var email = cell("reviewer_email");
            if (!map._reviewers.TryAdd(cell("resource"), name.Length > 0 ? $"{name} <{email}>" : email))
            {
                throw new EvidenceException($"{path}, row {row}: {cell("resource")} has two reviewers", EvidenceError.Mistake);
            }
        }

        return map;
    }

    /// <summary>Of the resource itself; else of what it belongs to; else of its type (<c>team:*</c>); else of everything (<c>*</c>).</summary>
    public string? Find(AccessTarget target)
    {
        foreach (var around in target.WithAncestors())
        {
            if (_reviewers.TryGetValue(around.Reference, out var reviewer))
            {
                return reviewer;
            }
        }

        return _reviewers.GetValueOrDefault($"{target.TypeId}:*") ?? _reviewers.GetValueOrDefault("*");
    }
}
