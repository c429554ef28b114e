using Baton.C1z.Reading;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.Evidence.Access;

/// <summary>Reads a sync once, and puts what it holds in order.</summary>
internal sealed class AccessBookBuilder(SyncReader reader, EvidenceOptions options, IProgress<long>? progress)
{
    private const int LookEvery = 1 << 10;

    private readonly AccountReading _reading = new(reader.Run.Time);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Id), Principal> _accounts = new((int)reader.Count(StoredTable.Resources));
    private readonly Dictionary<(string Type, string Id), AccessTarget> _targets = [];
    private readonly Dictionary<string, AccessRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HowObtained> _ways = new(StringComparer.Ordinal);
    private readonly List<Secret> _secrets = [];
    private readonly List<AccessRow> _rows = new((int)reader.Count(StoredTable.Grants));
    private long _read;

    public AccessBook Build(CancellationToken cancellationToken)
    {
        foreach (var type in reader.ResourceTypes())
        {
            _types[type.Id] = type;
        }

        ReadResources(cancellationToken);
        foreach (var entitlement in Watched(reader.Entitlements(), cancellationToken))
        {
            AddRole(entitlement);
        }

        foreach (var grant in Watched(reader.Grants(), cancellationToken))
        {
            AddRow(grant);
        }

        var asOf = options.AsOf ?? reader.Run.Time;
        var accounts = AccessOrder.Of(_accounts.Values);
        var roles = AccessOrder.Of(_roles.Values);
        var rows = AccessOrder.Of(_rows);
        var book = new AccessBook
        {
            Run = reader.Run,
            Options = options,
            AsOf = asOf,
            Accounts = accounts,
            Targets = [.. roles.Select(role => role.Target).Distinct()],
            Resources = AccessOrder.Of(_targets.Where(target => _accounts.GetValueOrDefault(target.Key) is null or { Kind: AccountKind.Group }).Select(target => target.Value)),
            Roles = roles,
            Rows = rows,
            Secrets = [.. _secrets.OrderBy(secret => secret.TypeId, StringComparer.Ordinal).ThenBy(secret => secret.Name, StringComparer.Ordinal).ThenBy(secret => secret.Id, StringComparer.Ordinal)],
            KnowsLastSeen = accounts.Any(account => account.LastSeen.Quality != LastSeenQuality.Unknown),
        };
        AccountRules.Apply(book);
        return book;
    }

    private IEnumerable<T> Watched<T>(IEnumerable<T> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            if (++_read % LookEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(_read);
            }

            yield return item;
        }
    }

    // Resources come in any order, so who belongs to whom is told when all are known.
    private void ReadResources(CancellationToken cancellationToken)
    {
        var parents = new List<(AccessTarget Child, (string Type, string Id) Parent)>();
        foreach (var resource in Watched(reader.Resources(), cancellationToken))
        {
            var key = Key(resource.Id);
            var type = _types.GetValueOrDefault(key.Type);
            if (Secret.Of(resource) is { } secret)
            {
                _secrets.Add(secret);
            }

            if (IsAccount(resource, type))
            {
                _accounts[key] = _reading.Read(resource, key.Type, type);
            }
            else
            {
                var target = MakeTarget(key, Facts.Name(resource), isMissing: false);
                _targets[key] = target;
                if (resource.ParentResourceId is { } parent)
                {
                    parents.Add((target, Key(parent)));
                }
            }
        }

        foreach (var (child, parent) in parents)
        {
            child.Parent = _targets.GetValueOrDefault(parent);
        }

        LabelTargets();
    }

    private void LabelTargets()
    {
        var names = new SharedNames();
        foreach (var target in _targets.Values)
        {
            names.Add(target.TypeId, target.Name, target.Parent?.Reference ?? "");
        }

        foreach (var target in _targets.Values.Where(target => names.IsShared(target.TypeId, target.Name)))
        {
            target.Label = names.IsToldByPlace(target.TypeId, target.Name, target.Parent?.Reference ?? "")
                ? SharedNames.InPlace(target.Name, target.Organization)
                : SharedNames.WithId(target.Name, target.Reference);
        }
    }

    private static bool IsAccount(Resource resource, ResourceType? type)
        => type?.Traits.Any(trait => trait is ResourceType.Types.Trait.User or ResourceType.Types.Trait.Agent) == true
            || Facts.Trait<UserTrait>(resource) is not null;

    private AccessTarget MakeTarget((string Type, string Id) key, string name, bool isMissing) => new()
    {
        TypeId = key.Type,
        TypeName = _types.GetValueOrDefault(key.Type)?.DisplayName is { Length: > 0 } named ? named : key.Type,
        Id = key.Id,
        Name = name,
        IsMissing = isMissing,
    };

    private AccessTarget Target(ResourceId? id)
    {
        var key = Key(id);
        if (!_targets.TryGetValue(key, out var target))
        {
            // Some systems grant access to an account, such as to impersonate it.
            target = _accounts.TryGetValue(key, out var account)
                ? MakeTarget(key, account.Name, isMissing: false)
                : MakeTarget(key, $"MISSING RESOURCE ({key.Type}:{key.Id})", isMissing: true);
            _targets[key] = target;
        }

        return target;
    }

    private AccessRole AddRole(Entitlement entitlement, bool isMissing = false)
    {
        var name = Facts.Role(entitlement);
        var group = ExclusionGroupOf(entitlement);
        var target = Target(entitlement.Resource?.Id);
        var role = new AccessRole
        {
            Id = entitlement.Id,
            Name = Shared(name),
            Target = target,
            Rank = PrivilegeRule.RankOf(name),
            IsPrivileged = !isMissing && options.Privilege.IsPrivileged(entitlement),
            ExclusionGroup = group,
            IsMissing = isMissing,
        };
        if (_roles.TryAdd(role.Id, role))
        {
            target.Add(role);
        }

        return _roles[role.Id];
    }

    private static string ExclusionGroupOf(Entitlement entitlement)
    {
        try
        {
            return entitlement.Annotations.Select(any => any.TryUnpack<EntitlementExclusionGroup>(out var group) ? group.ExclusionGroupId : "")
                .FirstOrDefault(id => id.Length > 0) ?? "";
        }
        catch (InvalidProtocolBufferException)
        {
            return "";
        }
    }

    private void AddRow(Grant grant)
    {
        var id = grant.Entitlement?.Id ?? "";
        if (!_roles.TryGetValue(id, out var role))
        {
            role = AddRole(new Entitlement { Id = id, DisplayName = $"MISSING ENTITLEMENT ({id})", Resource = grant.Entitlement?.Resource }, isMissing: true);
        }

        var isImmutable = Facts.IsImmutable(grant);
        _rows.Add(new AccessRow(AccountOf(grant.Principal?.Id), role, How(grant), grant.Id, isImmutable));
    }

    private Principal AccountOf(ResourceId? id)
    {
        var key = Key(id);
        if (_accounts.TryGetValue(key, out var account))
        {
            return account;
        }

        account = _targets.TryGetValue(key, out var target) && !target.IsMissing && reader.FindResource(key.Type, key.Id) is { } resource
            ? _reading.Read(resource, key.Type, _types.GetValueOrDefault(key.Type))
            : AccountReading.Missing(key.Type, key.Id);
        _accounts[key] = account;
        return account;
    }

    // Few ways for many grants: one copy of each will do.
    private HowObtained How(Grant grant)
    {
        if (HowObtained.SourcesOf(grant) is not { Count: > 0 } others)
        {
            return HowObtained.Direct;
        }

        var key = $"{HowObtained.IsAlsoDirect(grant)}\0{string.Join('\0', others)}";
        if (!_ways.TryGetValue(key, out var how))
        {
            _ways[key] = how = HowObtained.Of(grant, SourceName);
        }

        return how;
    }

    private string SourceName(string entitlementId)
        => _roles.TryGetValue(entitlementId, out var role) && !role.IsMissing ? $"{role.Target.Label} ({role.Name})" : entitlementId;

    private (string Type, string Id) Key(ResourceId? id) => (Shared(id?.ResourceType ?? ""), id?.Resource ?? "");

    // A type or a slug is named by every row; one copy of it will do.
    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out var known))
        {
            return known;
        }

        _texts[text] = text;
        return text;
    }
}
