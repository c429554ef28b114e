using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.Connectors.Lists;

/// <summary>One thing that happened to a connector.</summary>
/// <param name="Id">That of the audit log's row.</param>
/// <param name="Kind">Feature and verb, as the audit log writes it.</param>
/// <param name="Person">Who did it; null where no person did, or the person is gone.</param>
/// <param name="Details">Facts as a JSON object; names of settings, never their values.</param>
internal sealed record JournalLine(long Id, Moment At, string Kind, ActorKind ActorKind, Person? Person, string? SubjectKind, string? SubjectId, string Details)
{
    public JournalLevel Level
        => Kind.EndsWith("failing", StringComparison.Ordinal) || Kind.EndsWith("failed", StringComparison.Ordinal) || Kind.EndsWith("rejected", StringComparison.Ordinal) ? JournalLevel.Error
        : Kind.EndsWith("held", StringComparison.Ordinal) || Kind.EndsWith("superseded", StringComparison.Ordinal) ? JournalLevel.Warning
        : JournalLevel.Information;

    /// <summary>All of it on one line, for people.</summary>
    public string Text
    {
        get
        {
            var who = ActorKind switch
            {
                ActorKind.Person => Person?.DisplayName ?? "a person who is gone",
                ActorKind.Connector => "the connector",
                ActorKind.Operator => "whoever runs the server",
                _ => "Podium",
            };
            var facts = AuditWords.Facts(Details);
            return $"{AuditWords.Of(Kind)} by {who}{(facts.Count == 0 ? "" : ": ")}{string.Join("; ", facts.Select(fact => $"{fact.Name} {fact.Value}"))}";
        }
    }
}

internal enum JournalLevel
{
    Information,
    Warning,
    Error,
}
