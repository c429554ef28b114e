using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;

namespace Podium.Tests.SignIn;

public sealed class SessionsTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_Unused_EndsAfterEightHours(DatabaseKind kind)
    {
        var (rig, clock, _, token) = await StartAsync(kind);
        await using (rig)
        {
            clock.Advance(TimeSpan.FromHours(7.9));
            Assert.NotNull(await FindAsync(rig, token));
            clock.Advance(TimeSpan.FromHours(7.9));
            Assert.NotNull(await FindAsync(rig, token));
            clock.Advance(TimeSpan.FromHours(8));

            Assert.Null(await FindAsync(rig, token));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_UsedAllTheTime_EndsAfterTwentyHours(DatabaseKind kind)
    {
        var (rig, clock, _, token) = await StartAsync(kind);
        await using (rig)
        {
            for (var hour = 1; hour < 20; hour++)
            {
                clock.Advance(TimeSpan.FromHours(1));
                Assert.NotNull(await FindAsync(rig, token));
            }

            clock.Advance(TimeSpan.FromHours(1));
            Assert.Null(await FindAsync(rig, token));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_PersonDisabled_IsOverAtOnceAndStaysSo(DatabaseKind kind)
    {
        var (rig, _, person, token) = await StartAsync(kind);
        await using (rig)
        {
            await rig.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Disabled, Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(rig, token));

            await rig.Get<PersonStatusChanges>().ChangeAsync(person.Id, PersonStatus.Enabled, Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(rig, token));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task FindAsync_RoleRemovedOrPasswordReset_IsOver(DatabaseKind kind)
    {
        var (rig, _, person, token) = await StartAsync(kind);
        await using (rig)
        {
            Assert.Contains(Role.ConnectorAdministrator, (await FindAsync(rig, token))!.Roles);
            await rig.Get<RoleChanges>().RemoveAsync(person.Id, Role.ConnectorAdministrator, Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(rig, token));

            var next = await BeginAsync(rig, person);
            Assert.DoesNotContain(Role.ConnectorAdministrator, (await FindAsync(rig, next))!.Roles);
            await rig.Get<Passwords>().SetAsync(person.Id, "another password", Actor.Operator, Cancellation);
            Assert.Null(await FindAsync(rig, next));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Begin_Token_IsNotInTheDatabase(DatabaseKind kind)
    {
        var (rig, _, _, token) = await StartAsync(kind);
        await using (rig)
        {
            var session = await rig.Database.ReadAsync(context => context.Set<Session>().SingleAsync(Cancellation));

            Assert.Equal(43, token.Text.Length);
            Assert.Equal(token.Hash, session.TokenHash);
            Assert.Null(await FindAsync(rig, new(Convert.ToHexStringLower(session.TokenHash))));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EndAsync_SessionOfAnother_IsNotFound(DatabaseKind kind)
    {
        var (rig, _, person, token) = await StartAsync(kind);
        await using (rig)
        {
            var other = await rig.AddPersonAsync();
            var session = Assert.Single(await rig.Get<Sessions>().ListAsync(person.Id, Cancellation));

            Assert.False(await rig.Get<Sessions>().EndAsync(session.Id, other.Id, Actor.System, Cancellation));
            Assert.NotNull(await FindAsync(rig, token));
            Assert.True(await rig.Get<Sessions>().EndAsync(session.Id, person.Id, Actor.System, Cancellation));
            Assert.Null(await FindAsync(rig, token));
        }
    }

    private static async Task<(SignInRig Rig, FakeTimeProvider Clock, Person Person, SecretToken Token)> StartAsync(DatabaseKind kind)
    {
        var rig = await SignInRig.CreateAsync(kind);
        var person = await rig.AddPersonAsync(Role.ConnectorAdministrator);
        return (rig, rig.Clock, person, await BeginAsync(rig, person));
    }

    private static Task<SecretToken> BeginAsync(SignInRig rig, Person person)
        => rig.Database.WriteAsync(context => Task.FromResult(rig.Get<Sessions>().Begin(context, person.Id, new("10.0.0.1", "test"), "test")), Cancellation);

    private static Task<Caller?> FindAsync(SignInRig rig, SecretToken token) => rig.Get<Sessions>().FindAsync(token, "10.0.0.1", Cancellation);
}
