using System.Text;
using Baton.Grafana.Tests.Memberships;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Grafana.Tests.Invitations;

/// <summary>Pending invitations as resources (D56), without what makes them dangerous (D70).</summary>
public sealed class InvitationSyncerTests
{
    public static MatrixTheoryData<Access, string> Cases => new([Access.Administrator, Access.Token], ["6.5", "7.5", "9.4", "11.3", "12.1"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task List_EveryOrganizationOfTheCredential_IsLookedInto(Access access, string version)
    {
        await using var rig = await InvitationRig.StartAsync(access, version);
        var sync = new CollectedSync();

        var invitations = await rig.ListAsync(sync);

        Assert.Equal(access == Access.Administrator ? ["1", "2"] : ["2"], invitations.Select(invitation => invitation.Id.Resource));
        Assert.Empty(sync.Warnings);
    }

    [Fact]
    public async Task List_WhatReviewersNeed_IsThere()
    {
        var created = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        await using var rig = await InvitationRig.StartAsync(options: new FakeGrafanaOptions { InviteLifetime = TimeSpan.FromDays(36_500) });
        rig.Grafana.AddInvite(rig.Platform, "not an address", GrafanaRole.Admin, created: created);

        var invitations = (await rig.ListAsync()).ToDictionary(invitation => invitation.DisplayName, StringComparer.Ordinal);

        var hedy = invitations["hedy@example.com"];
        Assert.Equal(("invitation", "2"), (hedy.Id.ResourceType, hedy.Id.Resource));
        Assert.Equal((ResourceStatus.Unspecified, "pending invitation"), (hedy.Status.Status_, hedy.Status.Details));
        Assert.Equal(
            "created_on email=hedy@example.com email_sent=False invited_by_login=admin name=Hedy Lamarr org_id=2 role=Editor",
            string.Join(' ', hedy.Profile.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key == "created_on" ? field.Key : $"{field.Key}={Text(field.Value)}")));
        Assert.Equal("hedy@example.com", Assert.Single(Trait(hedy).Emails).Address);

        // An address that is none is no address, and nobody is behind a token.
        var other = invitations["not an address"];
        Assert.Empty(Trait(other).Emails);
        Assert.Equal(created, other.CreatedAt.ToDateTimeOffset());
        Assert.False(other.Profile.Fields.ContainsKey("invited_by_login"));
    }

    [Theory]
    [InlineData("6.5", true)]
    [InlineData("11.3", false)]
    public async Task List_OlderThanItMayBe_IsGone(string version, bool isThere)
    {
        await using var rig = await InvitationRig.StartAsync(version: version);
        var old = rig.Grafana.AddInvite(1, "old@example.com", GrafanaRole.Viewer, created: rig.Time.GetUtcNow().AddDays(-3));

        Assert.Equal(isThere, (await rig.ListAsync()).Exists(invitation => invitation.Id.Resource == $"{old}"));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task List_TokenMayNotInvite_IsNotNothing(bool isRequested, bool failOnUnreachable)
    {
        // Whoever asks for invitations is refused; whoever asks for everything loses nothing but these, and is told so.
        await using var rig = await InvitationRig.StartAsync();
        var reader = rig.Grafana.AddServiceAccountToken(rig.Platform, GrafanaRole.Viewer, [("org.users:read", "users:*"), ("orgs:read", "")]);
        var sync = new CollectedSync { Selected = isRequested ? ["user", "invitation"] : null, Earlier = ["user"] };
        Task<List<Resource>> ListAsync() => rig.ListAsync(sync, reader, options => options with { FailOnUnreachableOrganizations = failOnUnreachable });

        if (isRequested || failOnUnreachable)
        {
            var refusal = await Assert.ThrowsAsync<ConnectorException>(ListAsync);
            Assert.Equal(StatusCode.PermissionDenied, refusal.Code);
            Assert.Contains("lacks the permission org.users:add (scope users:*)", refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(await ListAsync());
            Assert.Contains("lacks the permission org.users:add (scope users:*)", Assert.Single(sync.Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_ClosedOrganization_IsSaid()
    {
        await using var rig = await InvitationRig.StartAsync();
        rig.Grafana.AddOrganization("Closed");
        var sync = new CollectedSync();

        Assert.Equal(2, (await rig.ListAsync(sync)).Count);

        Assert.Equal(["the invitations of organization 3 (Closed) cannot be read: the account is not a member; they are not synced"], sync.Warnings);
    }

    [Theory]
    [InlineData(404, "{}")]
    [InlineData(200, "null")]
    [InlineData(200, "[null]")]
    [InlineData(200, """[{"email":"no-id@example.com"}]""")]
    [InlineData(200, "{}")]
    public async Task List_AnotherAnswer_IsNoEmptyListing(int status, string body)
    {
        await using var rig = await InvitationRig.StartAsync();
        rig.Grafana.Faults.On("GET", "^/api/org/invites").Respond(status, body);

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => rig.ListAsync());

        // The engine would go on after this one.
        Assert.NotEqual(StatusCode.NotFound, refusal.Code);
        Assert.Contains("/api/org/invites", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("12.1")]
    public async Task Sync_NoCodeInAnyByteOrLine(string version)
    {
        await using var rig = await InvitationRig.StartAsync(version: version);
        using var sync = new InProcessSync();

        Assert.True(await sync.RunAsync(rig.Grafana.BaseAddress, TimeProvider.System, "--log-level", "debug") == 0, sync.Error);

        using var file = sync.Open();
        Assert.Equal(2, file.Read(file.Syncs.LatestFinished()!).CountResources("invitation"));
        var stored = sync.Folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(stored => stored.Name != "lock").Select(ReadShared).ToList();
        Assert.Contains(stored, bytes => Contains(bytes, "hedy@example.com"));
        Assert.All(rig.Grafana.InviteCodes(), code => Assert.DoesNotContain(stored, bytes => Contains(bytes, code)));
        rig.AssertSilent(sync.Error, sync.Output);
    }

    [Fact]
    public async Task Type_IsOptIn()
    {
        await using var connector = GrafanaProgram.Definition.CreateDefault(new ConnectorContext { Loggers = new CollectedLogs() });
        var type = connector.Syncers.Single(syncer => syncer.Type.Id == "invitation").Type;

        Assert.True(Annotations.Has(type.Annotations, OptInRequired.Descriptor));
        Assert.True(Annotations.Has(type.Annotations, SkipEntitlementsAndGrants.Descriptor));
        Assert.Equal([ResourceType.Types.Trait.User], type.Traits);
    }

    private static UserTrait Trait(Resource resource) => Annotations.Find<UserTrait>(resource.Annotations)!;

    private static string Text(Google.Protobuf.WellKnownTypes.Value value)
        => value.KindCase == Google.Protobuf.WellKnownTypes.Value.KindOneofCase.BoolValue ? $"{value.BoolValue}" : value.StringValue;

    // The database is open while its bytes are looked at.
    private static byte[] ReadShared(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool Contains(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
