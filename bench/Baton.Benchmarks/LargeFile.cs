using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

#pragma warning disable CS0612 // Deprecated, and what the files have that are out there.

namespace Baton.Benchmarks;

/// <summary>
/// Makes large files to read: users with names, addresses and profiles, and organizations in which they have roles. The same numbers
/// give the same rows.
/// </summary>
internal static class LargeFile
{
    private const int Page = 1000;

    private static readonly string[] Roles = ["Viewer", "Editor", "Admin"];

    private static readonly string[] FirstNames =
    [
        "ada", "alan", "barbara", "brian", "claude", "dennis", "donald", "edsger", "frances", "grace", "hedy", "ivan", "joan",
        "john", "katherine", "ken", "leslie", "linus", "margaret", "niklaus", "ole", "peter", "radia", "shafi", "tim", "tony",
    ];

    private static readonly string[] LastNames =
    [
        "allen", "backus", "berners", "boole", "clarke", "dahl", "dijkstra", "engel", "floyd", "goldwasser", "hamming", "hoare", "hopper",
        "iverson", "johnson", "kay", "kernighan", "knuth", "lamport", "liskov", "lovelace", "minsky", "naur", "perlis", "ritchie", "wirth",
    ];

    private static readonly DateTimeOffset Made = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="syncs">The second one differs from the first in about a hundredth of its rows.</param>
    /// <param name="asOldWriter">As a writer left it whose files are brought up to date by those who read them.</param>
    /// <param name="isChanged">Whether the first one is what otherwise only the second is.</param>
    public static void Write(string path, int users, int organizations, int grantsPerUser, int syncs, bool asOldWriter = false, bool isChanged = false)
    {
        File.Delete(path);
        using var file = C1zFile.OpenWrite(path);
        for (var sync = 0; sync < syncs; sync++)
        {
            WriteSync(file, users, organizations, grantsPerUser, changed: isChanged || sync > 0);
        }

        if (asOldWriter)
        {
            file.Access(database => database.Execute("UPDATE v1_sync_runs SET grants_backfilled = 0, stats = NULL"));
        }

        file.Save();
    }

    private static void WriteSync(C1zFile file, int users, int organizations, int grantsPerUser, bool changed)
    {
        // The same in every sync, so that what differs is what is meant to.
        var names = new Random(7);
        var roles = new Random(11);
        var changes = new Random(13);
        using var writer = file.BeginSync(SyncType.Full);
        var userType = new ResourceType { Id = "user", DisplayName = "User", Traits = { ResourceType.Types.Trait.User }, Annotations = { Any.Pack(new SkipEntitlementsAndGrants()) } };
        writer.Put([userType, new ResourceType { Id = "org", DisplayName = "Organization" }]);
        var orgs = Enumerable.Range(1, organizations).Select(Organization).ToList();
        writer.Put(orgs);
        foreach (var page in Enumerable.Range(1, users).Select(id => User(id, names, isFlipped: changed && changes.Next(100) == 0)).Chunk(Page))
        {
            writer.Put(page);
        }

        var entitlements = orgs.ConvertAll(org => Array.ConvertAll(Roles, role => Entitlement(org, role, userType)));
        writer.Put(entitlements.SelectMany(each => each).ToList());
        var members = orgs.ConvertAll(_ => new List<(int User, int Role)>());
        for (var user = 1; user <= users; user++)
        {
            foreach (var org in Enumerable.Range(0, organizations).OrderBy(_ => roles.Next()).Take(grantsPerUser))
            {
                var role = roles.Next(100) switch { < 4 => 2, < 25 => 1, _ => 0 };
                var chance = changed ? changes.Next(200) : 2;
                if (chance != 0)
                {
                    members[org].Add((user, chance == 1 ? (role + 1) % 3 : role));
                }
            }
        }

        for (var org = 0; org < organizations; org++)
        {
            foreach (var page in members[org].Select(member => Grant(orgs[org], entitlements[org][member.Role], member.User)).Chunk(Page))
            {
                writer.Put(page);
            }
        }

        writer.End();
    }

    private static Resource Organization(int id) => new()
    {
        Id = new() { ResourceType = "org", Resource = $"{id}" },
        DisplayName = $"Org {id:000}",
        CreationSource = Resource.Types.CreationSource.ConnectorListResources,
    };

    private static Resource User(int id, Random random, bool isFlipped)
    {
        var first = FirstNames[random.Next(FirstNames.Length)];
        var last = LastNames[random.Next(LastNames.Length)];
        var login = $"{first}.{last}{id}";
        var isEnabled = random.Next(20) != 0 != isFlipped;
        var trait = new UserTrait
        {
            Emails = { new UserTrait.Types.Email { Address = $"{login}@example.com", IsPrimary = true } },
            AccountType = UserTrait.Types.AccountType.Human,
            Login = login,
            LastLogin = Timestamp.FromDateTimeOffset(Made.AddDays(-random.Next(400))),
        };
        trait.Status = new() { Status_ = isEnabled ? UserTrait.Types.Status.Types.Status.Enabled : UserTrait.Types.Status.Types.Status.Disabled };
        trait.Profile = new Struct
        {
            Fields =
            {
                ["login"] = Value.ForString(login),
                ["email"] = Value.ForString($"{login}@example.com"),
                ["full_name"] = Value.ForString($"{first} {last}"),
                ["user_id"] = Value.ForNumber(id),
            },
        };
        return new()
        {
            Id = new() { ResourceType = "user", Resource = $"{id}" },
            DisplayName = login,
            Annotations = { Any.Pack(trait) },
            CreationSource = Resource.Types.CreationSource.ConnectorListResources,
        };
    }

    private static Entitlement Entitlement(Resource org, string role, ResourceType user) => new()
    {
        Resource = org,
        Id = $"org:{org.Id.Resource}:{role}",
        DisplayName = $"{org.DisplayName} {role}",
        Description = $"{role} role in {org.DisplayName} Grafana organization",
        GrantableTo = { user },
        Purpose = Protocol.Connector.V2.Entitlement.Types.PurposeValue.Permission,
        Slug = role,
    };

    private static Grant Grant(Resource org, Entitlement entitlement, int user) => new()
    {
        Entitlement = new()
        {
            Resource = new() { Id = org.Id, DisplayName = org.DisplayName, Annotations = { Any.Pack(new ETag()) }, CreationSource = org.CreationSource },
            Id = entitlement.Id,
        },
        Principal = new() { Id = new() { ResourceType = "user", Resource = $"{user}" } },
        Id = $"{entitlement.Id}:user:{user}",
    };
}
