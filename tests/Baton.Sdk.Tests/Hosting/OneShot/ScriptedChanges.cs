using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tests.Sync;
using Google.Protobuf.WellKnownTypes;
using Field = Baton.Protocol.Config.V1.Field;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Tests.Hosting.OneShot;

/// <summary>Groups with a member entitlement, which is granted and revoked by functions.</summary>
internal sealed class ScriptedGroups : ScriptedType, IGrantProvisioner
{
    public ScriptedGroups()
        : base("group", Trait.Group)
    {
        Resources = (_, _) => Pages.Of(Make.Group("g"));
        Entitlements = (group, _) => Pages.Of(Make.Entitlement(group, "member"));
        Grants = (group, _) => Pages.Of(Make.Grant(Make.Entitlement(group, "member"), Make.User("1"), new GrantMetadata()));
    }

    public Func<Entitlement, Resource, Change, ChangeOutcome> Grant { get; init; } = (_, _, _) => new("granted");

    public Func<Grant, Change, ChangeOutcome> Revoke { get; init; } = (_, _) => new("revoked");

    public Task<ChangeOutcome> GrantAsync(Entitlement entitlement, Resource principal, Change change, CancellationToken cancellationToken)
    {
        var outcome = Grant(entitlement, principal, change);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(outcome);
    }

    public Task<ChangeOutcome> RevokeAsync(Grant grant, Change change, CancellationToken cancellationToken) => Task.FromResult(Revoke(grant, change));
}

/// <summary>Users that are created and deleted by functions.</summary>
internal sealed class ScriptedUsers : ScriptedType, IAccountProvisioner, IResourceDeleter
{
    public ScriptedUsers()
        : base("user", Trait.User)
        => Resources = (_, _) => Pages.Of(Make.User("1"), Make.User("2"));

    public CredentialDetailsAccountProvisioning Credentials { get; init; } = new()
    {
        SupportedCredentialOptions = { CapabilityDetailCredentialOption.RandomPassword, CapabilityDetailCredentialOption.EncryptedPassword },
        PreferredCredentialOption = CapabilityDetailCredentialOption.RandomPassword,
    };

    public Func<AccountInfo, CredentialRequest, Change, AccountOutcome> Create { get; init; }
        = (_, credential, _) => new AccountOutcome.Created("created", Make.User("3")) { Plaintexts = [credential.CreatePassword()] };

    public Func<ResourceId, Change, ChangeOutcome> Delete { get; init; } = (_, _) => new("deleted");

    public Task<AccountOutcome> CreateAccountAsync(AccountInfo account, CredentialRequest credential, Change change, CancellationToken cancellationToken)
    {
        var outcome = Create(account, credential, change);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(outcome);
    }

    public Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken)
        => Task.FromResult(Delete(id, change));
}

/// <summary>An action of one argument.</summary>
internal sealed class ScriptedAction(string name, Func<Struct, Change, ActionOutcome> invoke, string resourceTypeId = "") : ICustomAction
{
    public BatonActionSchema Schema { get; } = new()
    {
        Name = name,
        DisplayName = name,
        Description = "Does it",
        ResourceTypeId = resourceTypeId,
        Arguments = { new Field { Name = "user_id", Description = "Whom", IsRequired = true, StringField = new() } },
    };

    public Task<ActionOutcome> InvokeAsync(Struct arguments, Change change, CancellationToken cancellationToken) => Task.FromResult(invoke(arguments, change));
}
