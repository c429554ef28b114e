using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.SignIn;

public sealed class ApiKeysTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Introspect_KeyLimitedToARole_HasThatAndNoMore(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await server.AddPersonAsync(Role.SuperAdministrator, Role.ReadOnlyAdministrator);
        using var limited = await server.ProgramAsync(person, new([Role.ReadOnlyAdministrator], null));
        using var whole = await server.ProgramAsync(person);

        Assert.Equal(["role/podium:basic-user", "role/podium:read-only-administrator"], await RolesAsync(limited));
        Assert.Contains("role/c1.api.tenant.v1.Tenant:owner", await RolesAsync(whole));

        await server.AddPersonAsync(Role.SuperAdministrator);
        await server.Get<RoleChanges>().RemoveAsync(person.Id, Role.ReadOnlyAdministrator, Actor.Operator, Cancellation);
        Assert.Equal(["role/podium:basic-user"], await RolesAsync(limited));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Request_PersonDisabledOrKeyRevoked_IsOverAtOnce(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await server.AddPersonAsync();
        using var program = await server.ProgramAsync(person);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));

        await server.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Disabled, Actor.Operator, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));
        await server.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Enabled, Actor.Operator, Cancellation);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(program));

        var key = Assert.Single(await server.Get<ApiKeys>().ListAsync(person.Id, Cancellation));
        Assert.False(await server.Get<ApiKeys>().RevokeAsync((await server.AddPersonAsync()).Id, key.Credential.PublicId, Actor.Operator, Cancellation));
        Assert.True(await server.Get<ApiKeys>().RevokeAsync(person.Id, key.Credential.PublicId, Actor.Operator, Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(program));
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("127.0.0.0/8", HttpStatusCode.OK)]
    [InlineData("10.0.0.0/8", HttpStatusCode.Unauthorized)]
    [InlineData("::1", HttpStatusCode.Unauthorized)]
    public async Task Request_FromAnotherNetwork_IsRefused(string network, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(), new(null, ApiKeyLimits.ParseNetworks([network])));

        Assert.Equal(expected, await StatusAsync(program));
    }

    [Fact]
    public async Task Create_WithAKey_IsForbidden()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        using var program = await server.ProgramAsync(await server.AddPersonAsync(Role.SuperAdministrator));

        using var answer = await program.PostAsJsonAsync("/api/v1/iam/personal_clients", new { display_name = "Created by Cone" }, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task CreateAsync_RoleThatThePersonHasNot_IsRefused()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var person = await server.AddPersonAsync(Role.ReadOnlyAdministrator);

        var refusal = await Assert.ThrowsAsync<Refusal>(() => server.Get<ApiKeys>().CreateAsync(
            person.Id, new("test", new([Role.SuperAdministrator], null), ApiKeys.DefaultLife), Actor.Operator, Cancellation));

        Assert.Contains("Super Administrator", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_ProofTooOld_IsForbidden()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var person = await server.AddPersonAsync();
        Caller caller = new(person.Id, person.PublicId, person.DisplayName, person.Email, new HashSet<Role>(), 1, null, null, server.Get<TimeProvider>().Now() - TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<ForbiddenException>(() => server.Get<ApiKeys>().CreateAsync(caller, new("test", ApiKeyLimits.None, ApiKeys.DefaultLife), Cancellation));
    }

    [Fact]
    public async Task List_OwnKeys_ShowNoSecret()
    {
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite);
        var person = await server.AddPersonAsync();
        using var program = await server.ProgramAsync(person);
        using var other = await server.ProgramAsync(await server.AddPersonAsync());

        var list = await program.GetFromJsonAsync<JsonObject>("/api/v1/iam/personal_clients", Cancellation);

        var client = Assert.Single(list!["list"]!.AsArray())!;
        Assert.EndsWith("/pcc", client["clientId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var audit = await server.Database.ReadAsync(context => context.Set<AuditRow>().Where(row => row.Kind == "api_key.created").Select(row => row.Details).ToListAsync(Cancellation));
        Assert.DoesNotContain("secret-token", string.Concat(audit), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient program)
    {
        using var answer = await program.GetAsync("/api/v1/auth/introspect", Cancellation);
        return answer.StatusCode;
    }

    private static async Task<List<string>> RolesAsync(HttpClient program)
        => [.. (await program.GetFromJsonAsync<JsonObject>("/api/v1/auth/introspect", Cancellation))!["roles"]!.AsArray().Select(role => role!.GetValue<string>())];
}
