using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tests.Data;

namespace Podium.Tests.SignIn;

public sealed class RoleChangesTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RemoveAsync_LastTwoSuperAdministratorsAtOnce_LeavesOne(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        var (one, other) = (await rig.AddPersonAsync(Role.SuperAdministrator), await rig.AddPersonAsync(Role.SuperAdministrator));

        var removals = await Task.WhenAll(
            Record.ExceptionAsync(() => rig.Get<RoleChanges>().RemoveAsync(one.Id, Role.SuperAdministrator, Actor.Operator, Cancellation)).AsTask(),
            Record.ExceptionAsync(() => rig.Get<PersonStatusChanges>().ChangeAsync(other.Id, PersonStatus.Disabled, Actor.Operator, Cancellation)).AsTask());

        Assert.Single(removals.OfType<LastSuperAdministratorException>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GrantAsync_Twice_IsOnce(DatabaseKind kind)
    {
        await using var rig = await SignInRig.CreateAsync(kind);
        var person = await rig.AddPersonAsync();

        Assert.True(await rig.Get<RoleChanges>().GrantAsync(person.Id, Role.CampaignAdministrator, Actor.Operator, Cancellation));
        Assert.False(await rig.Get<RoleChanges>().GrantAsync(person.Id, Role.CampaignAdministrator, Actor.Operator, Cancellation));
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
