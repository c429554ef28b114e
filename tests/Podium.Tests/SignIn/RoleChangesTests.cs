using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;
using Podium.Tests.Hosting;

namespace Podium.Tests.SignIn;

public sealed class RoleChangesTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RemoveAsync_LastTwoSuperAdministratorsAtOnce_LeavesOne(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var (one, other) = (await server.AddPersonAsync(Role.SuperAdministrator), await server.AddPersonAsync(Role.SuperAdministrator));

        var removals = await Task.WhenAll(
            Record.ExceptionAsync(() => server.Get<RoleChanges>().RemoveAsync(one.Id, Role.SuperAdministrator, Actor.Operator, Cancellation)).AsTask(),
            Record.ExceptionAsync(() => server.Get<PersonStatusChanges>().ChangeAsync(other.Id, PersonStatus.Disabled, Actor.Operator, Cancellation)).AsTask());

        Assert.Single(removals.OfType<LastSuperAdministratorException>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GrantAsync_Twice_IsOnce(DatabaseKind kind)
    {
        await using var server = await TestServer.StartAsync(kind);
        var person = await server.AddPersonAsync();

        Assert.True(await server.Get<RoleChanges>().GrantAsync(person.Id, Role.CampaignAdministrator, Actor.Operator, Cancellation));
        Assert.False(await server.Get<RoleChanges>().GrantAsync(person.Id, Role.CampaignAdministrator, Actor.Operator, Cancellation));
    }

    [Theory]
    [InlineData("connector-administrator", Role.ConnectorAdministrator)]
    [InlineData("Connector Administrator", Role.ConnectorAdministrator)]
    [InlineData("READONLYADMINISTRATOR", Role.ReadOnlyAdministrator)]
    public void TryParse_AnyWayOfWriting_IsTaken(string text, object expected)
    {
        Assert.True(RoleNames.TryParse(text, out var role));
        Assert.Equal(expected, role);
    }
}
