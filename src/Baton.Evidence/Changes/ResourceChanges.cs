using Baton.C1z.Reading;
using Baton.Evidence.Accounts;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Changes;

/// <summary>Accounts, and the other resources, that came, went or changed.</summary>
internal sealed class ResourceChanges(DiffSides sides, DiffScope scope)
{
    private static readonly string[] Privileged = ["PRIVILEGED"];
    private static readonly string[] PrivilegeUp = ["PRIVILEGE_UP"];
    private static readonly string[] PrivilegeDown = ["PRIVILEGE_DOWN"];

    private readonly MessageFields _fields = new(Strictness.WithoutNoise);

    public IEnumerable<SyncChange> Compute(CancellationToken cancellationToken)
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

    private IEnumerable<SyncChange> Compare(Resource? before, Resource? after)
    {
        var party = after is null ? sides.PartyOf(before!, sides.FromNames) : sides.PartyOf(after, sides.ToNames);
        var isAccount = sides.IsAccount(party.Type);
        var subject = isAccount ? new SyncChange(default) { Principal = party } : new SyncChange(default) { Resource = party };
        if (before is null)
        {
            var flags = isAccount && RulesOverServer(after!) ? Privileged : [];
            return [subject with { Kind = isAccount ? ChangeKind.AccountAdded : ChangeKind.ResourceAdded, After = Known(after!), Flags = flags }];
        }

        if (after is null)
        {
            return [subject with { Kind = isAccount ? ChangeKind.AccountRemoved : ChangeKind.ResourceRemoved, Before = Known(before) }];
        }

        if (MessageLikeness.AreAlike(before, after, Strictness.WithoutNoise))
        {
            return [];
        }

        if (!isAccount)
        {
            return Fields(subject with { Kind = ChangeKind.ResourceChanged }, before, after);
        }

        List<SyncChange> named = [.. StatusAndNames(subject, before, after)];
        var (rules, ruled) = (RulesOverServer(after), RulesOverServer(before));
        return rules == ruled ? named.Count > 0 ? named : Fields(subject with { Kind = ChangeKind.AccountChanged }, before, after)
            : [.. named, .. Fields(subject with { Kind = ChangeKind.AccountChanged, Flags = rules ? PrivilegeUp : PrivilegeDown }, before, after, named.Count > 0)];
    }

    // Some systems say in the profile alone who rules over all of them, and no grant tells of it.
    private bool RulesOverServer(Resource account)
        => AccountReading.RulesOverServer(account) && !AccountReading.ServerAdministratorKeys.Any(key => scope.Ignores($"profile.{key}"));

    /// <param name="administrationOnly">What else differs has been said.</param>
    private IEnumerable<SyncChange> Fields(SyncChange subject, Resource before, Resource after, bool administrationOnly = false)
    {
        var (left, right) = scope.Differences(Kept(_fields.Of(before)), Kept(_fields.Of(after)));
        IReadOnlyDictionary<string, string> Kept(SortedDictionary<string, string> fields)
            => !administrationOnly ? fields : fields.Where(field => AccountReading.ServerAdministratorKeys.Any(key => field.Key == $"profile.{key}")).ToDictionary(StringComparer.Ordinal);

        return left.Count + right.Count == 0 ? [] : [subject with { Before = left, After = right }];
    }

    private IEnumerable<SyncChange> StatusAndNames(SyncChange subject, Resource before, Resource after)
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

    private SyncChange OfStatus(SyncChange subject, string old, string now)
    {
        var change = subject with { Before = One("status", old), After = One("status", now) };
        if (now is not ("disabled" or "deleted" or "revoked"))
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
