using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using TraitStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Evidence.Tests.Files;

/// <summary>
/// A file with everything that connectors write and tools stumble over: every status, names that attack whatever prints them, references
/// that lead nowhere, inherited and immutable grants, annotations of unknown types; and two syncs that differ in a few rows.
/// </summary>
internal static class FeatureFile
{
    public const string Hostile = "evil\n\t\"quoted\", =HYPERLINK(\"x\") <script>alert(1)</script> \u001b[31m \u202e 字 😀 | `code` ";
    public const string Formula = "=HYPERLINK(\"http://evil.example\",\"click\")";

    private static readonly Resource Main = TemporaryFile.Resource("org", "1", "Main Org.");
    private static readonly Resource Platform = TemporaryFile.Resource("org", "2", Formula);
    private static readonly Resource Nameless = TemporaryFile.Resource("org", "3", "");
    private static readonly Resource Team = TemporaryFile.Resource("team", "t1", "SRE");
    private static readonly Entitlement Viewer = TemporaryFile.Entitlement(Main, "Viewer");
    private static readonly Entitlement Admin = TemporaryFile.Entitlement(Main, "Admin");
    private static readonly Entitlement Editor = TemporaryFile.Entitlement(Platform, "Editor");
    private static readonly Entitlement Member = TemporaryFile.Entitlement(Team, "member");
    private static readonly Entitlement Gone = TemporaryFile.Entitlement(TemporaryFile.Resource("org", "404", "nobody knows"), "Admin");

    /// <summary>The first of two full syncs is the state before; an unfinished one follows.</summary>
    public static TemporaryFile Create()
    {
        var file = new TemporaryFile();
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: false));
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: true));
        file.AddSync(SyncType.Full, sync => sync.Put([TemporaryFile.User("unfinished")]), finish: false);
        return file;
    }

    /// <summary>One full sync, the later of the two.</summary>
    public static TemporaryFile CreateSimple() => TemporaryFile.Of(sync => Write(sync, isLater: true));

    private static void Write(SyncWriter sync, bool isLater)
    {
        sync.Put(
        [
            new ResourceType { Id = "org", DisplayName = "Organization" },
            new ResourceType { Id = "user", DisplayName = "User", Traits = { ResourceType.Types.Trait.User } },
            new ResourceType { Id = "team", DisplayName = "Team", Traits = { ResourceType.Types.Trait.Group } },

            // Upstream's export stops at a type of accounts that has none.
            new ResourceType { Id = "service_account", DisplayName = "Service account", Traits = { ResourceType.Types.Trait.User } },
        ]);
        List<Resource> resources =
        [
            Main, Platform, Nameless, Team,
            Account("1", "admin", TraitStatus.Enabled),
            Account("2", "bob", isLater ? TraitStatus.Disabled : TraitStatus.Enabled),
            WithoutTraitStatus("3", "carol", ResourceStatus.Disabled),
            Account("4", Hostile, TraitStatus.Deleted),
            TemporaryFile.User("5", "bare"),
            Account(isLater ? "7" : "6", isLater ? "newcomer" : "leaver", TraitStatus.Enabled),
        ];
        resources[4].Annotations.Add(new Any { TypeUrl = "type.googleapis.com/vendor.v9.Strange", Value = ByteString.CopyFromUtf8("x") });
        resources[6].ParentResourceId = new ResourceId { ResourceType = "org", Resource = "404" };
        sync.Put(resources);
        sync.Put([Viewer, Admin, Editor, Member]);
        List<Grant> grants =
        [
            TemporaryFile.Grant(Admin, TemporaryFile.User("1")),
            TemporaryFile.Grant(isLater ? Admin : Viewer, TemporaryFile.User("2")),
            TemporaryFile.Grant(Member, TemporaryFile.User("2")),
            TemporaryFile.Grant(Viewer, TemporaryFile.User("3")),
            TemporaryFile.Grant(Viewer, TemporaryFile.User("4")),
            TemporaryFile.Grant(Editor, Team),
            Inherited(TemporaryFile.Grant(Editor, TemporaryFile.User("2"))),
            Immutable(TemporaryFile.Grant(Viewer, TemporaryFile.User(isLater ? "7" : "6"))),
            TemporaryFile.Grant(Gone, TemporaryFile.User("1")),
            TemporaryFile.Grant(Viewer, TemporaryFile.User("ghost")),
        ];
        sync.Put(grants);
    }

    private static Grant Inherited(Grant grant)
    {
        grant.Sources = new() { Sources = { [Member.Id] = new() } };
        return grant;
    }

    private static Grant Immutable(Grant grant)
    {
        grant.Annotations.Add(Any.Pack(new GrantImmutable()));
        return grant;
    }

    private static Resource WithoutTraitStatus(string id, string name, ResourceStatus status)
    {
        var user = TemporaryFile.User(id, name);
        user.Status = new() { Status_ = status };

        // As connectors of 2026 write it: the trait says enabled, and the resource knows better.
        user.Annotations.Add(Any.Pack(Trait(name, TraitStatus.Enabled)));
        user.Profile = Struct.Parser.ParseJson("""{"first_name": "Carol", "last_name": "Example", "user_id": 3}""");
        return user;
    }

    private static Resource Account(string id, string name, TraitStatus status)
    {
        var user = TemporaryFile.User(id, name);
        user.Annotations.Add(Any.Pack(Trait(name, status)));
        return user;
    }

    private static UserTrait Trait(string name, TraitStatus status)
    {
        var login = name.Split('\n')[0];
        return new()
        {
            Emails = { new UserTrait.Types.Email { Address = $"second-{login}@example.com" }, new UserTrait.Types.Email { Address = $"{login}@example.com", IsPrimary = true } },
            Login = login,
            AccountType = UserTrait.Types.AccountType.Human,
            LastLogin = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero)),
#pragma warning disable CS0612 // What older connectors wrote.
            Status = new() { Status_ = status },
#pragma warning restore CS0612
        };
    }
}
