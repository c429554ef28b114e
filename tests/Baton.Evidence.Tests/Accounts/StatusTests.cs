using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;
using Baton.Evidence.Tests.Files;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Evidence.Tests.Accounts;

/// <summary>What connectors can only say in the details of "disabled".</summary>
public sealed class StatusTests
{
    [Fact]
    public void Invitation_Pending_IsNeitherDisabledNorHuman()
    {
        var account = Books.OfAccount(FieldResources.Invitation("5", "new@example.com"));

        Assert.Equal((AccountStatus.Pending, AccountKind.Unknown), (account.Status, account.Kind));
        Assert.False(account.IsDisabled);
        Assert.False(account.MayBePerson);
        Assert.False(account.HasStatusConflict);
        Assert.False(account.Flags.Has(FindingCode.LastSeenUnknown));
    }

    [Fact]
    public void Token_Revoked_GivesNothingToLookAt()
    {
        var book = Books.Of(new(), sync => sync.Put([FieldResources.Token("t1", "live", isRevoked: false), FieldResources.Token("t2", "dead", isRevoked: true)]));

        Assert.Equal([("dead", AccountStatus.Revoked), ("live", AccountStatus.Unknown)], book.Secrets.Select(secret => (secret.Name, secret.Status)).Order());
        Assert.Equal(["live"], FindingList.Of(book).Where(finding => finding.Code == FindingCode.TokenNoExpiry).Select(finding => finding.Subject));
    }

    [Fact]
    public void Disabled_ForAnyOtherReason_StaysDisabled()
    {
        var person = Books.Person("1", new() { Status = ResourceStatus.Disabled });
        person.Status.Details = "left in May";

        Assert.Equal(AccountStatus.Disabled, Books.OfAccount(person).Status);
    }
}
