using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Tests.Provisioning;

/// <summary>Robots, for which keys are made by a function.</summary>
internal sealed class ScriptedRobots() : ScriptedListing("robot"), ICredentialIssuer
{
    public static readonly ResourceId Identity = Ids.Resource("robot", "r2");

    public CredentialDetailsCredentialIssue Issuance { get; init; } = Offers(new CredentialIssueOptionDescriptor
    {
        Option = CapabilityDetailCredentialOption.ApiKey,
        Expiry = new() { Min = Duration.FromTimeSpan(TimeSpan.FromSeconds(60)) },
        ResourceMode = CredentialResourceMode.Discoverable,
        SecretResourceTypeId = "key",
    });

    public Func<ResourceId, CredentialIssueRequest, Change, IssuedCredential> Issue { get; init; } = (identity, request, change) =>
    {
        change.Send(new("POST", "/keys"));
        return Made(Key(identity, request.ExpiresAt), Plaintext.FromText("token", "hunter2"));
    };

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    public static CredentialDetailsCredentialIssue Offers(params IReadOnlyList<CredentialIssueOptionDescriptor> options)
        => new() { Options = { options }, PreferredOption = options[0].Option };

    public static Resource Key(ResourceId identity, DateTimeOffset? expiresAt) => new()
    {
        Id = Ids.Resource("key", "k7"),
        ParentResourceId = identity,
        DisplayName = "the key",
        Annotations = { Annotations.Of(new SecretTrait { IdentityId = identity, ExpiresAt = expiresAt?.ToTimestamp() }) },
    };

    public static IssuedCredential Made(Resource secret, params IReadOnlyList<Plaintext> plaintexts) => new("made", secret) { Plaintexts = plaintexts };

    public async Task<IssuedCredential> IssueCredentialAsync(
        ResourceId identity, CredentialIssueRequest request, Change change, CancellationToken cancellationToken)
    {
        await System.Threading.Tasks.Task.Yield();
        Calls++;
        return Issue(identity, request, change);
    }
}

/// <summary>Keys, which are deleted by a function.</summary>
internal sealed class ScriptedKeys() : ScriptedListing("key"), IResourceDeleter
{
    public List<string> Deleted { get; } = [];

    public Func<ChangeOutcome> Delete { get; init; } = () => new("gone");

    public async Task<ChangeOutcome> DeleteResourceAsync(ResourceId id, ResourceId? parent, Change change, CancellationToken cancellationToken)
    {
        await System.Threading.Tasks.Task.Yield();
        change.Send(new("DELETE", $"/keys/{id.Resource}"));
        Deleted.Add($"{parent?.Resource}/{id.Resource}");
        return Delete();
    }
}
