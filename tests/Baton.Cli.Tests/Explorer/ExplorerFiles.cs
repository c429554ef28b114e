using Baton.C1z.Writing;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using AccountType = Baton.Protocol.Connector.V2.UserTrait.Types.AccountType;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Cli.Tests.Explorer;

/// <summary>Files with something of everything that the explorer tells apart.</summary>
internal static class ExplorerFiles
{
    public const string Script = "<script>alert(1)</script>";
    public const string Formula = "=HYPERLINK(\"http://evil.example\")";

    // The syncs of temporary files end on this day.
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static TemporaryFile Everything() => TemporaryFile.Of(WriteEverything);

    /// <summary>The same, and an hour later: Ada is an administrator, Bob is disabled, Newcomer is new, the service account has lost its grant.</summary>
    public static TemporaryFile TwoSyncs()
    {
        var file = Everything();
        file.AddSync(C1z.Syncs.SyncType.Full, sync => Write(sync, later: true));
        return file;
    }

    /// <summary>One resource that many have access to; the last of them is called Zoe Last.</summary>
    public static TemporaryFile Crowd(int people) => TemporaryFile.Of(sync =>
    {
        WriteTypes(sync);
        var org = TemporaryFile.Resource("org", "1", "Crowd");
        var viewer = TemporaryFile.Entitlement(org, "Viewer");
        var users = Enumerable.Range(1, people).Select(i => Person($"{i}", i == people ? "Zoe Last" : $"Person {i:00000}", ResourceStatus.Enabled, seenDays: 3)).ToList();
        sync.Put([org]);
        sync.Put(users);
        sync.Put([viewer]);
        sync.Put([.. users.Select(user => TemporaryFile.Grant(viewer, user))]);
    });

    public static Resource Person(
        string id, string name, ResourceStatus status, int? seenDays, AccountType kind = AccountType.Human, string? email = "", string? login = null)
    {
        var person = TemporaryFile.User(id, name);
        login ??= name.ToLowerInvariant().Replace(' ', '.');
        person.Profile = new Struct { Fields = { ["login"] = Value.ForString(login), ["full_name"] = Value.ForString(name) } };
        person.Status = new Status { Status_ = status };
        var trait = new UserTrait { AccountType = kind, Login = login };
        if (email is not null)
        {
            trait.Emails.Add(new UserTrait.Types.Email { Address = email.Length > 0 ? email : $"{login}@example.com", IsPrimary = true });
        }

        if (seenDays is { } days)
        {
            trait.LastLogin = Timestamp.FromDateTimeOffset(Now.AddDays(-days));
        }

        person.Annotations.Add(Any.Pack(trait));
        return person;
    }

    private static void WriteEverything(SyncWriter sync) => Write(sync, later: false);

    private static void WriteTypes(SyncWriter sync) => sync.Put(
    [
        new ResourceType { Id = "user", DisplayName = "User", Traits = { ResourceType.Types.Trait.User } },
        new ResourceType { Id = "org", DisplayName = "Organization" },
        new ResourceType { Id = "team", DisplayName = "Team", Traits = { ResourceType.Types.Trait.Group } },
    ]);

    private static void Write(SyncWriter sync, bool later)
    {
        WriteTypes(sync);
        var ada = Person("1", "Ada Lovelace", ResourceStatus.Enabled, seenDays: 2);
        var bob = Person("2", "Bob Dormant", later ? ResourceStatus.Disabled : ResourceStatus.Enabled, seenDays: 200);
        var carol = Person("3", "Carol Disabled", ResourceStatus.Disabled, seenDays: 40);
        var robot = Person("4", "Robot", ResourceStatus.Enabled, seenDays: 1, AccountType.Service, email: null);
        var nobody = Person("5", "Dave Nomail", ResourceStatus.Enabled, seenDays: null, email: null);
        var guest = Person("6", "Eve External", ResourceStatus.Enabled, seenDays: 10, email: "eve@partner.example");
        var hostile = Person("7", Script, ResourceStatus.Enabled, seenDays: 5, login: "hostile", email: "hostile@example.com");
        var formula = Person("8", Formula, ResourceStatus.Enabled, seenDays: 6, login: "formula", email: "formula@example.com");
        var slash = Person("a/b?c#d", "Slash In Id", ResourceStatus.Enabled, seenDays: 7);
        var newcomer = Person("9", "Newcomer", ResourceStatus.Enabled, seenDays: 0);
        var main = TemporaryFile.Resource("org", "1", "Main Org.");
        var side = TemporaryFile.Resource("org", "2", "Side\u202e Org\n");
        var empty = TemporaryFile.Resource("org", "3", "");
        var team = TemporaryFile.Resource("team", "7", "SRE");
        team.ParentResourceId = main.Id;
        sync.Put([ada, bob, carol, robot, nobody, guest, hostile, formula, slash, .. later ? [newcomer] : Array.Empty<Resource>()]);
        sync.Put([main, side, empty, team]);
        var (viewer, editor, admin) = (TemporaryFile.Entitlement(main, "Viewer"), TemporaryFile.Entitlement(main, "Editor"), TemporaryFile.Entitlement(main, "Admin"));
        var (sideViewer, member) = (TemporaryFile.Entitlement(side, "Viewer"), TemporaryFile.Entitlement(team, "Member"));
        sync.Put([viewer, editor, admin, sideViewer, member]);
        var inherited = TemporaryFile.Grant(editor, bob);
        inherited.Sources = new GrantSources { Sources = { [member.Id] = new GrantSources.Types.GrantSource() } };
        var dangling = TemporaryFile.Grant(TemporaryFile.Entitlement(TemporaryFile.Resource("org", "404", "gone"), "Ghost"), ada);
        List<Grant> grants =
        [
            TemporaryFile.Grant(later ? admin : viewer, ada), TemporaryFile.Grant(sideViewer, ada), dangling,
            TemporaryFile.Grant(member, bob), inherited, TemporaryFile.Grant(editor, team),
            TemporaryFile.Grant(admin, carol), TemporaryFile.Grant(viewer, guest), TemporaryFile.Grant(viewer, hostile),
            TemporaryFile.Grant(viewer, formula), TemporaryFile.Grant(viewer, slash),
            TemporaryFile.Grant(viewer, later ? newcomer : robot),
        ];
        sync.Put(grants);
    }
}
