using System.Globalization;
using Baton.Evidence.Access;

namespace Baton.Evidence.Review.Decisions;

/// <summary>What an earlier review decided, by row.</summary>
public sealed class PastDecisions
{
    private readonly Dictionary<RowId, PastDecision> _decisions = [];

    public PastDecisions(DecisionFile file)
    {
        foreach (var decision in file.Decisions)
        {
            if (RowId.Parse(decision.RowId) is { } id)
            {
                _decisions[id] = new(decision.Kind, Text(decision), Day(decision.FirstSeen));
            }
        }
    }

    public PastDecision? Find(RowId id) => _decisions.GetValueOrDefault(id);

    private static string Text(Decision decision)
    {
        var what = decision.Kind == DecisionKind.Change ? $"change to {decision.NewRole}" : decision.Kind.Name();
        var by = decision.DecidedBy is { Length: > 0 } name ? $" by {name}" : "";
        return $"{what}{by}{(decision.DecidedOn is { Length: > 0 } day ? $" on {day}" : "")}";
    }

    private static DateTimeOffset? Day(string? text)
        => DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;
}

/// <param name="Text">Decision, person and day.</param>
public sealed record PastDecision(DecisionKind Decision, string Text, DateTimeOffset? FirstSeen);
