using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Provisioning;

/// <summary>Holds a credential that a connector made to what was asked for. What breaks a rule is given to nobody.</summary>
internal static class IssuedCredentialRules
{
    /// <exception cref="ConnectorException"><c>Internal</c>: the connector has a bug. The secret is not shown.</exception>
    public static void Check(IssuedCredential issued, IssueCredentialRequest request, CredentialIssueOptionDescriptor descriptor)
    {
        Require(issued.Secret.Id is { ResourceType.Length: > 0, Resource.Length: > 0 }, "the secret has no id");
        Require(
            descriptor.SecretResourceTypeId.Length == 0 || issued.Secret.Id!.ResourceType == descriptor.SecretResourceTypeId,
            $"the secret is of type {issued.Secret.Id!.ResourceType}, not {descriptor.SecretResourceTypeId}");
        var trait = Annotations.Find<SecretTrait>(issued.Secret.Annotations);
        Require(trait is not null, "the secret has no SecretTrait");
        Require(request.IdentityId.Equals(trait!.IdentityId), "the secret belongs to another identity");
        if (request.ExpiresAt is { } end)
        {
            Require(trait.ExpiresAt is not null, "the secret has no end");
            Require(trait.ExpiresAt!.CompareTo(end) <= 0, "the secret ends later than asked for");
        }

        Require(issued.Plaintexts.Count > 0, "there is no plaintext");
        Require(issued.Plaintexts.All(plaintext => !string.IsNullOrWhiteSpace(plaintext.Name)), "a plaintext has no name");
        Require(issued.Plaintexts.DistinctBy(plaintext => plaintext.Name, StringComparer.Ordinal).Count() == issued.Plaintexts.Count, "two plaintexts have one name");
        Require(issued.Plaintexts.All(plaintext => plaintext.Bytes.Length > 0), "a plaintext is empty");
    }

    private static void Require(bool holds, string cause)
    {
        if (!holds)
        {
            throw new ConnectorException(StatusCode.Internal, $"connector returned invalid credential issuance output: {cause}");
        }
    }
}
