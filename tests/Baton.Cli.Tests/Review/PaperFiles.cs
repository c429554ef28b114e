using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Cli.Tests.Review;

/// <summary>Files whose names, addresses, ids and roles are as long and as strange as a source allows, to be put on paper.</summary>
internal static class PaperFiles
{
    /// <summary>200 letters, and nowhere to break the line.</summary>
    public static string LongName { get; } = Numbered("Aleksandra-Konstantinopolitanczykiewiczowna", 200);

    public static string LongLogin { get; } = Numbered("svc_legacy.provisioning+", 120);

    public static string LongEmail { get; } = $"{Numbered("firstname.lastname.", 64)}@{Numbered("department.", 90)}.example.com";

    public static string LongRole { get; } = Numbered("fixed:datasources.permissions:writer/", 150);

    public static string LongResource { get; } = Numbered("Platform/Observability/Production/", 220);

    public const string LongId = "0f8fad5b-d9cb-469f-a165-70867728950e-ab1";

    /// <summary>Whatever somebody may have called themselves.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "plain", "two  spaces", "ünï çödé", "李小龍 株式会社ソフトウェア", "👩‍👩‍👧‍👦 family 🦄", "שלום עולם 12", "مرحبا بالعالم", "new\nline and\ttab", "\u001b[31mred\u001b[0m",
        "<script>alert(1)</script>", "=HYPERLINK(\"http://evil.example\",\"click\")", "W" + new string('W', 99), "\u202Egnp.exe", "a&b \"quoted\" 'single' `tick`", "end\u00ADing",
    ];

    /// <summary>Two syncs; in the later one, roles have gone up and somebody has gone.</summary>
    public static TemporaryFile Make()
    {
        var file = TemporaryFile.Of(sync => Write(sync, isLater: false));
        file.AddSync(SyncType.Full, sync => Write(sync, isLater: true));
        return file;
    }

    private static void Write(SyncWriter sync, bool isLater)
    {
        sync.Put([
            new ResourceType { Id = "user", DisplayName = "User", Traits = { ResourceType.Types.Trait.User } },
            new ResourceType { Id = "org", DisplayName = "Organization" },
            new ResourceType { Id = "team", DisplayName = "Team", Traits = { ResourceType.Types.Trait.Group } },
        ]);
        var org = TemporaryFile.Resource("org", "1", "Main Org.");
        var endless = TemporaryFile.Resource("org", LongId, LongResource);
        var crowd = TemporaryFile.Resource("org", "3", "Crowd");
        List<Resource> people = [Person(LongId, LongName, LongLogin, LongEmail)];
        people.AddRange(Names.Select((name, i) => Person($"{i + 10}", name, $"login{i}", i % 3 == 0 ? null : $"person{i}@example.com")));
        people.AddRange(Enumerable.Range(100, 90).Select(i => Person($"{i}", $"Person {i} of the crowd", $"person.{i}", $"person.{i}@example.com")));
        if (!isLater)
        {
            people.Add(Person("999", $"Gone {LongName}", LongLogin + "2", "gone@example.com"));
        }

        sync.Put((Resource[])[org, endless, crowd]);
        sync.Put(people);
        var viewer = TemporaryFile.Entitlement(org, "Viewer");
        var admin = TemporaryFile.Entitlement(org, "Admin");
        var longRole = TemporaryFile.Entitlement(endless, LongRole);
        var member = TemporaryFile.Entitlement(crowd, "Editor");
        var many = Enumerable.Range(1, 60).Select(i => TemporaryFile.Entitlement(endless, $"role-{i:00}")).ToList();
        sync.Put([viewer, admin, longRole, member, .. many]);
        sync.Put([.. people.Select(person => TemporaryFile.Grant(isLater ? admin : viewer, person))]);
        sync.Put([TemporaryFile.Grant(longRole, people[0]), TemporaryFile.Grant(longRole, people[4])]);
        sync.Put([.. many.Select(role => TemporaryFile.Grant(role, people[0]))]);
        sync.Put([.. people.Skip(Names.Count).Select(person => TemporaryFile.Grant(member, person))]);
    }

    // Where a piece of it is missing, the numbers tell which.
    private static string Numbered(string word, int length)
        => string.Concat(Enumerable.Range(0, length).Select(i => $"{word}{i}"))[..length];

    private static Resource Person(string id, string name, string login, string? email)
    {
        var person = TemporaryFile.User(id, name);
        person.Profile = new Struct { Fields = { ["login"] = Value.ForString(login), ["full_name"] = Value.ForString(name) } };
        person.Status = new Status { Status_ = id.EndsWith('1') ? ResourceStatus.Disabled : ResourceStatus.Enabled };
        var trait = new UserTrait { AccountType = UserTrait.Types.AccountType.Human, Login = login };
        if (email is not null)
        {
            trait.Emails.Add(new UserTrait.Types.Email { Address = email, IsPrimary = true });
        }

        if (id.EndsWith('1'))
        {
            trait.LastLogin = Timestamp.FromDateTimeOffset(new DateTimeOffset(2025, 11, 23, 9, 0, 0, TimeSpan.Zero));
        }

        person.Annotations.Add(Any.Pack(trait));
        return person;
    }
}
