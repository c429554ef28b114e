using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StatusValue = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;
using TraitStatus = Baton.Protocol.Connector.V2.UserTrait.Types.Status.Types.Status;

namespace Baton.Evidence.Tests.Reading;

public sealed class FactsTests
{
    [Fact]
    public void Status_ResourceAndTraitDiffer_IsTheResources()
    {
        var user = UserWith(TraitStatus.Enabled);
        user.Status = new() { Status_ = StatusValue.Disabled };

        Assert.Equal("disabled", AccountReading.StatusText(user));
    }

    [Fact]
    public void Status_OnlyTheTraitHasOne_IsTheTraits() => Assert.Equal("disabled", AccountReading.StatusText(UserWith(TraitStatus.Disabled)));

    [Fact]
    public void Status_DamagedTrait_IsUnknown()
    {
        var user = TemporaryFile.User("1");
        user.Annotations.Add(new Any { TypeUrl = "type.googleapis.com/c1.connector.v2.UserTrait", Value = ByteString.CopyFrom(0xFF) });

        Assert.Equal("", AccountReading.StatusText(user));
        Assert.Equal("", AccountFacts.Of(user, default).Email);
    }

    [Fact]
    public void Trait_EveryKind_IsFoundByItsName()
    {
        var user = TemporaryFile.User("1");
        user.Annotations.Add([
            Any.Pack(new AgentTrait()), Any.Pack(new GroupTrait()), Any.Pack(new RoleTrait()), Any.Pack(new AppTrait()), Any.Pack(new SecretTrait()), Any.Pack(new NonHumanIdentityTrait()),
        ]);

        Assert.NotNull(Facts.Trait<AgentTrait>(user));
        Assert.NotNull(Facts.Trait<GroupTrait>(user));
        Assert.NotNull(Facts.Trait<RoleTrait>(user));
        Assert.NotNull(Facts.Trait<AppTrait>(user));
        Assert.NotNull(Facts.Trait<SecretTrait>(user));
        Assert.NotNull(Facts.Trait<NonHumanIdentityTrait>(user));
        Assert.Null(Facts.Trait<ScopeBindingTrait>(user));
        Assert.True(Facts.IsImmutable(new Grant { Annotations = { Any.Pack(new GrantImmutable()) } }));
        Assert.False(Facts.IsImmutable(new Grant { Annotations = { Any.Pack(new SkipGrants()) } }));
    }

    [Fact]
    public void Email_SeveralAddresses_IsThePrimaryOne()
    {
        var user = TemporaryFile.User("1");
        user.Annotations.Add(Any.Pack(new UserTrait
        {
            Emails = { new UserTrait.Types.Email { Address = "a@example.com" }, new UserTrait.Types.Email { Address = "b@example.com", IsPrimary = true } },
        }));

        Assert.Equal("b@example.com", AccountFacts.Of(user, default).Email);
    }

    [Fact]
    public void Traits_SeveralWords_AreLowerCase()
        => Assert.Equal(
            "user, managed_device",
            Facts.Traits(new() { Traits = { ResourceType.Types.Trait.User, ResourceType.Types.Trait.ManagedDevice } }));

#pragma warning disable CS0612 // What older connectors wrote.
    private static Resource UserWith(TraitStatus status)
    {
        var user = TemporaryFile.User("1");
        user.Annotations.Add(Any.Pack(new UserTrait { Status = new() { Status_ = status } }));
        return user;
    }
#pragma warning restore CS0612
}
