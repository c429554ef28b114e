using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Sync.Phases;

public sealed class ExternalResourcesPhaseTests : IDisposable
{
    private readonly SyncRig _external = new();
    private readonly SyncRig _rig = new();

    public static TheoryData<IMessage[], string> Rules() => new()
    {
        { [All(Trait.User)], "person:1,person:2,person:3" },
        { [All(Trait.Group)], "team:x" },
        { [All(Trait.User), All(Trait.Group)], "person:1,person:2,person:3,team:x" },
        { [All(Trait.Role)], "" },
        { [Id("2")], "person:2" },
        { [Id("nobody")], "" },
        { [Id("2"), Id("x")], "person:2,team:x" },
        { [Key(Trait.User, "login", "ADA")], "person:1" },
        { [Key(Trait.User, "login", "ad")], "" },
        { [Key(Trait.Group, "login", "ada")], "" },
        { [Key(Trait.User, "number", "1")], "" },
        { [Key(Trait.User, "email", "Grace@Example.com")], "person:2" },
        { [Key(Trait.User, "mail", "grace@example.com")], "" },
        { [Key(Trait.Group, "email", "grace@example.com")], "" },
        { [Key(Trait.Group, "name", "Team X")], "team:x" },
        { [Key(Trait.User, "login", "ada"), Id("2")], "person:1,person:2" },
        { [All(Trait.Group), Id("2"), Key(Trait.User, "login", "ada")], "team:x" },
    };

    public void Dispose()
    {
        _external.Dispose();
        _rig.Dispose();
    }

    [Fact]
    public async Task External_Identities_AreCopiedWithTheirAccess()
    {
        await SyncExternalAsync();

        await _rig.RunAsync(Groups());

        Assert.Equal(["group:a", "person:1", "person:2", "person:3", "team:x"], _rig.Resources().Sorted());
        Assert.Equal(["person", "team", "user", "group"], _rig.Read(reader => reader.ResourceTypes().Select(type => type.Id).OrderBy(Origin).ToArray()));
        var person = _rig.Read(reader => reader.FindResource("person", "1"));
        Assert.True(Annotations.Has(person!.Annotations, BatonID.Descriptor));
        Assert.True(Annotations.Has(_rig.Read(reader => reader.FindEntitlement("team:x:member"))!.Annotations, EntitlementImmutable.Descriptor));
        Assert.True(Annotations.Has(_rig.Grant("team:x:member:person:1").Annotations, GrantImmutable.Descriptor));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task External_Rules_ChoosePrincipals(IMessage[] rules, string chosen)
    {
        await SyncExternalAsync();

        await _rig.RunAsync(Groups(rules));

        var expected = chosen.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(principal => $"group:a:member:{principal}").Sorted();
        Assert.Equal(expected, _rig.Grants().Where(id => id.StartsWith("group:", StringComparison.Ordinal)).Sorted());
        foreach (var id in expected)
        {
            var grant = _rig.Grant(id);
            Assert.Equal(id, Ids.Grant("group:a:member", grant.Principal.Id));
            Assert.True(Annotations.Has(grant.Principal.Annotations, BatonID.Descriptor));
            Assert.Equal(rules.Select(Annotations.Of), grant.Annotations);
        }
    }

    [Fact]
    public async Task External_MatchHasTheOriginalsId_ReplacesIt()
    {
        await SyncExternalAsync();
        var original = Make.Grant(Make.Entitlement(Make.Group("a"), "member"), Make.Resource("person", "2"), Id("2"));

        await _rig.RunAsync(Groups(original));

        var grant = _rig.Grant("group:a:member:person:2");
        Assert.Equal("Grace", grant.Principal.DisplayName);
        Assert.Equal(3, _rig.Grants().Count);
    }

    [Fact]
    public async Task External_TraitsChosen_CopiesOnlyThem()
    {
        await SyncExternalAsync();
        _rig.Options = _rig.Options with { External = _rig.Options.External! with { Traits = [Trait.Group] } };

        await _rig.RunAsync(Groups(All(Trait.User)));

        Assert.Equal(["group:a", "team:x"], _rig.Resources().Sorted());
    }

    [Fact]
    public async Task External_FilteredByEntitlement_CopiesItsHolders()
    {
        await SyncExternalAsync();
        _rig.Options = _rig.Options with { External = _rig.Options.External! with { EntitlementId = "team:x:member" } };

        await _rig.RunAsync(Groups(All(Trait.User)));

        Assert.Equal(["group:a", "person:1", "person:2"], _rig.Resources().Sorted());
        Assert.Equal(["group:a:member:person:1", "group:a:member:person:2"], _rig.Grants().Sorted());
    }

    [Fact]
    public async Task External_ResourcesOnly_CopiesNoAccess()
    {
        await SyncExternalAsync();
        _rig.Options = _rig.Options with { SkipEntitlementsAndGrants = true };

        await _rig.RunAsync(Groups(All(Trait.User)));

        Assert.Equal(["group:a", "person:1", "person:2", "person:3", "team:x"], _rig.Resources().Sorted());
        Assert.Empty(_rig.Entitlements());
        Assert.Empty(_rig.Grants());
    }

    [Fact]
    public async Task External_GrantsToIdentitiesByTheirId_AreNotTakenForDangling()
    {
        await SyncExternalAsync();

        await _rig.RunAsync(Groups(Make.Grant(Make.Entitlement(Make.Group("a"), "member"), Make.Resource("person", "3"))));

        Assert.Contains(_rig.Grants(), id => id == "group:a:member:person:3");
    }

    [Fact]
    public async Task External_ExpandableGrant_ExpandsTheMatchedOnesEntitlement()
    {
        await SyncExternalAsync();
        var placeholder = Make.Resource("placeholder", "p");
        var original = Make.Grant(
            Make.Entitlement(Make.Group("a"), "member"),
            placeholder,
            Id("x"),
            Make.Expandable("bid:e:placeholder/p:member", "bid:e:placeholder/p:no such", "not a bid"));

        await _rig.RunAsync(Groups(original));

        Assert.Equal(
            ["group:a:member:person:1", "group:a:member:person:2", "group:a:member:team:x"],
            _rig.Grants().Where(id => id.StartsWith("group:", StringComparison.Ordinal)).Sorted());
        var expansion = _rig.Read(reader => reader.ExpandableGrants().Single().Expansion);
        Assert.Equal(["team:x:member"], expansion.EntitlementIds);
        Assert.Equal("team:x:member", Assert.Single(_rig.Grant("group:a:member:person:1").Sources.Sources).Key);
    }

    [Fact]
    public async Task External_ManyMatches_AreMatchedOnce()
    {
        // More than the reader's page of grants, so that the walk over them would meet its own.
        var people = Enumerable.Range(0, 1500).Select(i => Person($"{i}", $"p{i}", $"p{i}@example.com")).ToArray();
        await _external.RunAsync(new ScriptedConnector(
            new ScriptedType("person", Trait.User) { Resources = (_, _) => Pages.Of(people) },
            new ScriptedType("team", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(Team()),
                Entitlements = (team, _) => Pages.Of(Make.Entitlement(team, "member")),
                Grants = (team, _) => Pages.Of(Make.Grant(Make.Entitlement(team, "member"), people[0])),
            }));
        _rig.Options = _rig.Options with { External = new ExternalResources(_external.Output) };
        var original = Make.Grant(
            Make.Entitlement(Make.Group("a"), "member"), Make.Resource("placeholder", "p"), All(Trait.Group), Make.Expandable("bid:e:placeholder/p:member"));
        var other = Make.Grant(Make.Entitlement(Make.Group("a"), "owner"), Make.Resource("placeholder", "p"), All(Trait.User));

        var plain = people.Take(1100).Select(person => Make.Grant(Make.Entitlement(Make.Group("a"), "plain"), person));

        await _rig.RunAsync(Groups([original, other, .. plain]));

        Assert.Equal(1500, _rig.Grants().Count(id => id.StartsWith("group:a:owner:person:", StringComparison.Ordinal)));
        Assert.Equal(["team:x:member"], _rig.Read(reader => reader.ExpandableGrants().Single().Expansion.EntitlementIds));
        Assert.DoesNotContain("no matching entitlement", _rig.Log.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_OfAnEmptyDirectory_AddsNothing()
    {
        await _external.RunAsync(new ScriptedConnector());
        _rig.Options = _rig.Options with { External = new ExternalResources(_external.Output) };

        await _rig.RunAsync(Groups());

        Assert.Equal(["group:a"], _rig.Resources());
    }

    [Fact]
    public async Task External_OtherFileThanTheInterruptedSync_StartsAfresh()
    {
        await _rig.FailsAsync<ConnectorException>(new ScriptedConnector(
            new ScriptedType("group", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(Make.Group("a")),
                Grants = (_, _) => Pages.Failing<Grant>(new ConnectorException(StatusCode.Aborted, "interrupted")),
            }));
        Assert.True(File.Exists(_rig.Partial));
        await SyncExternalAsync();

        await _rig.RunAsync(Groups(All(Trait.Group)));

        Assert.Contains(_rig.Grants(), id => id == "group:a:member:team:x");
    }

    private static ExternalResourceMatchAll All(Trait trait) => new() { ResourceType = trait };

    private static ExternalResourceMatchID Id(string id) => new() { Id = id };

    private static ExternalResourceMatch Key(Trait trait, string key, string value) => new() { ResourceType = trait, Key = key, Value = value };

    private static Resource Person(string id, string login, string email)
    {
        var person = Make.Resource("person", id, new UserTrait { Emails = { new UserTrait.Types.Email { Address = email } } });
        person.Profile = new Struct { Fields = { ["login"] = Value.ForString(login), ["number"] = Value.ForNumber(1) } };
        return person;
    }

    private static Resource Team()
    {
        var team = Make.Resource("team", "x", new GroupTrait());
        team.Profile = new Struct { Fields = { ["name"] = Value.ForString("team x") } };
        return team;
    }

    private static int Origin(string type) => type switch { "person" => 0, "team" => 1, "user" => 2, _ => 3 };

    private async Task SyncExternalAsync()
    {
        var people = new[] { Person("1", "ada", "ada@example.com"), Person("2", "grace", "grace@example.com"), Person("3", "alan", "alan@example.com") };
        people[1].DisplayName = "Grace";
        await _external.RunAsync(new ScriptedConnector(
            new ScriptedType("person", Trait.User) { Resources = (_, _) => Pages.Of(people) },
            new ScriptedType("team", Trait.Group)
            {
                Resources = (_, _) => Pages.Of(Team()),
                Entitlements = (team, _) => Pages.Of(Make.Entitlement(team, "member")),
                Grants = (team, _) => Pages.Of(Make.Grant(Make.Entitlement(team, "member"), people[0]), Make.Grant(Make.Entitlement(team, "member"), people[1])),
            },
            new ScriptedType("thing") { Resources = (_, _) => Pages.Of(Make.Resource("thing", "1")) }));
        _rig.Options = _rig.Options with { External = new ExternalResources(_external.Output) };
    }

    private static ScriptedConnector Groups(params IMessage[] rules)
        => Groups(Make.Grant(Make.Entitlement(Make.Group("a"), "member"), Make.Resource("placeholder", "1"), rules));

    private static ScriptedConnector Groups(params Grant[] grants) => new(
        new ScriptedType("user", Trait.User),
        new ScriptedType("group", Trait.Group)
        {
            Resources = (_, _) => Pages.Of(Make.Group("a")),
            Entitlements = (group, _) => Pages.Of(Make.Entitlement(group, "member"), Make.Entitlement(group, "owner")),
            Grants = (_, _) => Pages.Of(grants),
        });
}
