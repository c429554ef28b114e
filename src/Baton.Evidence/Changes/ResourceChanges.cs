using Baton.C1z.Reading;
using Baton.Evidence.Accounts;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Changes;

/// <summary>Accounts, and the other resources, that came, went or changed.</summary>
internal sealed class ResourceChanges(DiffSides sides, DiffScope scope)
{
    private readonly MessageFields _fields = new(Strictness.WithoutNoise);

    public IEnumerable<Change> Compute(CancellationToken cancellationToken)
    {
        foreach (var difference in RowMerge.Differences(sides.From, sides.To, StoredTable.Resources))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = difference.IsInFrom ? sides.From.ListedResource(difference.Id) : null;
            var after = difference.IsInTo ? sides.To.ListedResource(difference.Id) : null;
            foreach (var change in Compare(before, after))
            {
                yield return change;
            }
        }
    }

    private IEnumerable<Change> Compare(Resource? before, Resource? after)
    {
        var party = DiffSides.PartyOf((after ?? before)!);
        var isAccount = sides.IsAccount(party.Type);
        var subject = isAccount ? new Change(default) { Principal = party } : new Change(default) { Resource = party };
        if (before is null)
        {
            return [subject with { Kind = isAccount ? ChangeKind.AccountAdded : ChangeKind.ResourceAdded, After = Known(after!) }];
        }

        if (after is null)
        {
            return [subject with { Kind = isAccount ? ChangeKind.AccountRemoved : ChangeKind.ResourceRemoved, Before = Known(before) }];
        }

        if (Likeness.AreAlike(before, after, Strictness.WithoutNoise))
        {
            return [];
        }

        List<Change> named = isAccount ? [.. StatusAndNames(subject, before, after)] : [];
        return named.Count > 0 ? named : Fields(subject with { Kind = isAccount ? ChangeKind.AccountChanged : ChangeKind.ResourceChanged }, before, after);
    }

    private IEnumerable<Change> Fields(Change subject, Resource before, Resource after)
    {
        var (left, right) = scope.Differences(_fields.Of(before), _fields.Of(after));
        return left.Count + right.Count == 0 ? [] : [subject with { Before = left, After = right }];
    }

    private IEnumerable<Change> StatusAndNames(Change subject, Resource before, Resource after)
    {
        var (old, now) = (AccountFacts.Of(before, sides.From.Run.Time), AccountFacts.Of(after, sides.To.Run.Time));
        if (old.Status != now.Status && !scope.Ignores("status"))
        {
            yield return OfStatus(subject, old.Status, now.Status);
        }

        var (names, renamed) = scope.Differences(Names(old), Names(now));
        if (names.Count + renamed.Count > 0)
        {
            yield return subject with { Kind = ChangeKind.AccountRenamed, Before = names, After = renamed };
        }
    }

    private Change OfStatus(Change subject, string old, string now)
    {
        var change = subject with { Before = One("status", old), After = One("status", now) };
        if (now is not ("disabled" or "deleted"))
        {
            return change with { Kind = now == "enabled" ? ChangeKind.AccountEnabled : ChangeKind.AccountChanged };
        }

        var left = sides.To.CountGrants(subject.Principal!.Type, subject.Principal.Id);
        return change with { Kind = ChangeKind.AccountDisabled, GrantsLeft = left, Flags = left > 0 ? ["STILL_HAS_ACCESS"] : [] };
    }

    private static Dictionary<string, string> Names(AccountFacts account)
        => new(StringComparer.Ordinal) { ["name"] = account.Name, ["login"] = account.Login, ["email"] = account.Email };

    private static Dictionary<string, string> Known(Resource resource)
    {
        var status = AccountReading.StatusText(resource);
        return status.Length == 0 ? [] : One("status", status);
    }

    private static Dictionary<string, string> One(string name, string value) => new(StringComparer.Ordinal) { [name] = value.Length == 0 ? "unknown" : value };
}
