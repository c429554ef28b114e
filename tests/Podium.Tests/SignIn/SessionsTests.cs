using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.SignIn;

public sealed class SessionsTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_Unused_EndsAfterEightHours(DatabaseKind kind)
    {
        var (server, clock, _, token) = await StartAsync(kind);
        await using (server)
        {
            clock.Advance(TimeSpan.FromHours(7.9));
            Assert.NotNull(await FindAsync(server, token));
            clock.Advance(TimeSpan.FromHours(7.9));
            Assert.NotNull(await FindAsync(server, token));
            clock.Advance(TimeSpan.FromHours(8));

            Assert.Null(await FindAsync(server, token));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_UsedAllTheTime_EndsAfterTwentyHours(DatabaseKind kind)
    {
        var (server, clock, _, token) = await StartAsync(kind);
        await using (server)
        {
            for (var hour = 1; hour < 20; hour++)
            {
                clock.Advance(TimeSpan.FromHours(1));
                Assert.NotNull(await FindAsync(server, token));
            }

            clock.Advance(TimeSpan.FromHours(1));
            Assert.Null(await FindAsync(server, token));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_PersonDisabled_IsOverAtOnceAndStaysSo(DatabaseKind kind)
    {
        var (server, _, person, token) = await StartAsync(kind);
        await using (server)
        {
            await server.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Disabled, Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(server, token));

            await server.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Enabled, Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(server, token));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_RoleRemovedOrPasswordReset_IsOver(DatabaseKind kind)
    {
        var (server, _, person, token) = await StartAsync(kind);
        await using (server)
        {
            Assert.Contains(Role.ConnectorAdministrator, (await FindAsync(server, token))!.Roles);
            await server.Get<RoleChanges>().RemoveAsync(person.Id, Role.ConnectorAdministrator, Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(server, token));

            var next = await BeginAsync(server, person);
            Assert.DoesNotContain(Role.ConnectorAdministrator, (await FindAsync(server, next))!.Roles);
            await server.Get<Passwords>().SetAsync(person.Id, "another password", Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(server, next));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Begin_Token_IsNotInTheDatabase(DatabaseKind kind)
    {
        var (server, _, _, token) = await StartAsync(kind);
        await using (server)
        {
            var session = await server.Database.ReadAsync(context => context.Set<Session>().SingleAsync(Cancellation));

            Assert.Equal(43, token.Text.Length);
            Assert.Equal(token.Hash, session.TokenHash);
            Assert.Null(await FindAsync(server, new(Convert.ToHexStringLower(session.TokenHash))));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EndAsync_SessionOfAnother_IsNotFound(DatabaseKind kind)
    {
        var (server, _, person, token) = await StartAsync(kind);
        await using (server)
        {
            var other = await server.AddPersonAsync();
            var session = Assert.Single(await server.Get<Sessions>().ListAsync(person.Id, Cancellation));

            Assert.False(await server.Get<Sessions>().EndAsync(session.Id, other.Id, Actor.System, Cancellation));
            Assert.NotNull(await FindAsync(server, token));
            Assert.True(await server.Get<Sessions>().EndAsync(session.Id, person.Id, Actor.System, Cancellation));
            Assert.Null(await FindAsync(server, token));
        }
    }

    [Fact]
    public async Task Request_CookieOnTheApi_IsNobody()
    {
        var (server, _, person, _) = await StartAsync(DatabaseKind.Sqlite);
        await using (server)
        {
            using var browser = await server.BrowserAsync(person);

            var answer = await browser.GetAsync("/api/v1/auth/introspect", Cancellation);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private static async Task<(TestServer Server, FakeTimeProvider Clock, Person Person, SecretToken Token)> StartAsync(DatabaseKind kind)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var server = await TestServer.StartAsync(kind, clock);
        var person = await server.AddPersonAsync(Role.ConnectorAdministrator);
        return (server, clock, person, await BeginAsync(server, person));
    }

    private static Task<SecretToken> BeginAsync(TestServer server, Person person)
        => server.Database.WriteAsync(context => Task.FromResult(server.Get<Sessions>().Begin(context, person.Id, new("10.0.0.1", "test"), "test")), Cancellation);

    private static Task<Caller?> FindAsync(TestServer server, SecretToken token) => server.Get<Sessions>().FindAsync(token, "10.0.0.1", Cancellation);
}
