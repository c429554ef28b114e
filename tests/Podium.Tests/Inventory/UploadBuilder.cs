using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Podium.Tests.Inventory;

/// <summary>What a connector sees, and the file that it makes of it. Changed by tests from one sync to the next.</summary>
internal sealed class UploadBuilder
{
    public Dictionary<string, ResourceType> Types { get; } = [];

    public Dictionary<(string Type, string Id), Resource> Resources { get; } = [];

    public Dictionary<string, Entitlement> Entitlements { get; } = [];

    public Dictionary<string, Grant> Grants { get; } = [];

    /// <summary>The order of the rows in the file; null for the order in which they were added.</summary>
    public Random? Shuffle { get; set; }

    /// <summary>A server with organizations and people: everybody is Viewer of organization 1, the first is its Admin as well.</summary>
    public static UploadBuilder Grafana(int organizations = 1, int users = 4)
    {
        var builder = new UploadBuilder();
        builder.AddType("user", ResourceType.Types.Trait.User);
        builder.AddType("org");
        for (var organization = 1; organization <= organizations; organization++)
        {
            builder.AddOrganization($"{organization}");
        }

        for (var user = 1; user <= users; user++)
        {
            builder.AddUser($"{user}");
            builder.AddGrant("org:1:Viewer", "user", $"{user}");
        }

        builder.AddGrant("org:1:Admin", "user", "1");
        return builder;
    }

    public void AddType(string id, params ResourceType.Types.Trait[] traits) => Types[id] = new() { Id = id, DisplayName = $"{id} type", Traits = { traits } };

    public void AddOrganization(string id)
    {
        AddResource("org", id, $"Organization {id}");
        foreach (var role in new[] { "Viewer", "Editor", "Admin" })
        {
            AddEntitlement("org", id, role);
        }
    }

    public Resource AddResource(string type, string id, string name, (string Type, string Id)? parent = null)
        => Resources[(type, id)] = new()
        {
            Id = new() { ResourceType = type, Resource = id },
            DisplayName = name,
            ParentResourceId = parent is { } around ? new() { ResourceType = around.Type, Resource = around.Id } : null,
        };

    public UserTrait AddUser(string id, string? login = null, DateTimeOffset? lastSeen = null, string? email = null, bool isEnabled = true)
    {
        login ??= $"login{id}";
        email ??= $"{login}@example.com";
        var trait = new UserTrait
        {
            Login = login,
            Emails = { new UserTrait.Types.Email { Address = email, IsPrimary = true } },
            AccountType = UserTrait.Types.AccountType.Human,
        };
        var resource = AddResource("user", id, login);
        resource.Status = new() { Status_ = isEnabled ? Status.Types.ResourceStatus.Enabled : Status.Types.ResourceStatus.Disabled };
        resource.Profile = new() { Fields = { ["login"] = Value.ForString(login), ["user_id"] = Value.ForString(id) } };
        if (lastSeen is { } seen)
        {
            trait.LastLogin = Timestamp.FromDateTimeOffset(seen);
            resource.Profile.Fields["last_seen_at"] = Value.ForString($"{seen:O}");
        }

        resource.Annotations.Add(Any.Pack(trait));
        return trait;
    }

    public Entitlement AddEntitlement(string type, string id, string slug) => Entitlements[$"{type}:{id}:{slug}"] = new()
    {
        Id = $"{type}:{id}:{slug}",
        Slug = slug,
        DisplayName = $"{slug} of {type} {id}",
        Resource = new() { Id = new() { ResourceType = type, Resource = id } },
    };

    public Grant AddGrant(string entitlement, string type, string id, params string[] sources)
    {
        var on = Entitlements.TryGetValue(entitlement, out var known) ? known.Resource : new() { Id = new() { ResourceType = "org", Resource = entitlement.Split(':')[1] } };
        var grant = new Grant
        {
            Id = $"{entitlement}:{type}:{id}",
            Entitlement = new() { Id = entitlement, Resource = on },
            Principal = new() { Id = new() { ResourceType = type, Resource = id } },
        };
        if (sources.Length > 0)
        {
            grant.Sources = new();
            foreach (var source in sources)
            {
                grant.Sources.Sources[source] = new();
            }
        }

        return Grants[grant.Id] = grant;
    }

    public void RemoveUser(string id)
    {
        Resources.Remove(("user", id));
        foreach (var grant in Grants.Values.Where(grant => grant.Principal.Id is { ResourceType: "user" } principal && principal.Resource == id).ToList())
        {
            Grants.Remove(grant.Id);
        }
    }

    public void RemoveGrants(Func<Grant, bool> which)
    {
        foreach (var grant in Grants.Values.Where(which).ToList())
        {
            Grants.Remove(grant.Id);
        }
    }

    /// <param name="end">Whether the sync of the file ended.</param>
    public void Write(string path, SyncType type = SyncType.Full, bool end = true, string? declared = null)
    {
        File.Delete(path);
        using var file = C1zFile.OpenWrite(path);
        using (var writer = file.BeginSync(type))
        {
            writer.Put(Ordered(Types.Values));
            writer.Put(Ordered(Resources.Values));
            writer.Put(Ordered(Entitlements.Values));
            writer.Put(Ordered(Grants.Values));
            if (end)
            {
                writer.End();
            }
        }

        if (declared is not null)
        {
            file.Access(database => database.Execute("UPDATE v1_sync_runs SET stats = ?1", declared));
        }

        file.Save();
    }

    private List<T> Ordered<T>(IEnumerable<T> rows)
    {
        var list = rows.ToArray();
        Shuffle?.Shuffle(list);
        return [.. list];
    }
}
