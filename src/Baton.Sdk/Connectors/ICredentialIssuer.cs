using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Connectors;

/// <summary>
/// A type whose resources are identities that credentials can be made for, such as service accounts. Implemented by the type's
/// <see cref="IResourceSyncer"/>.
/// </summary>
public interface ICredentialIssuer
{
    /// <summary>
    /// What can be asked for, at most one descriptor an option. A request for anything else does not reach the connector. Each names the
    /// type of the secrets that are made, which must be an <see cref="IResourceDeleter"/>: what is made can be taken back.
    /// </summary>
    CredentialDetailsCredentialIssue Issuance { get; }

    /// <summary>Makes one credential that ends no later than asked for, and reads back that it does.</summary>
    /// <remarks>
    /// A request that may have been carried out although its answer was lost is looked up by its id, never repeated: two live credentials
    /// would be the result, one of which nobody knows. What cannot be verified is deleted again.
    /// </remarks>
    /// <param name="identity">Whose it is to be.</param>
    /// <param name="request">What is asked for; it was held to <see cref="Issuance"/>.</param>
    /// <param name="change">Where checks, effects and requests are noted. The secret itself never is.</param>
    /// <param name="cancellationToken">Ends it, before the first request that writes or after the state is known again.</param>
    /// <exception cref="ConnectorException">None can be made, and none was left behind unless the message says so.</exception>
    Task<IssuedCredential> IssueCredentialAsync(ResourceId identity, CredentialIssueRequest request, Change change, CancellationToken cancellationToken);
}

/// <param name="Id">Names the request, and the credential that is made of it: 1 to 128 letters, digits, hyphens and underscores.</param>
/// <param name="Options">The kind, and what belongs to it: scopes, audiences, the profile of a key.</param>
public sealed record CredentialIssueRequest(string Id, CredentialIssueOptions Options)
{
    /// <summary>When it must have ended; null when that is left to the connector.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A credential that was made and read back.</summary>
/// <param name="Summary">One line for people, without the secret.</param>
/// <param name="Secret">
/// The resource that it is listed as, with a <c>SecretTrait</c> that names the identity and, where it was asked for, when it ends.
/// </param>
public sealed record IssuedCredential(string Summary, Resource Secret)
{
    /// <summary>The secret in its parts, of different names. Each is encrypted to every recipient and then wiped, by the SDK.</summary>
    public required IReadOnlyList<Plaintext> Plaintexts { get; init; }

    public IReadOnlyList<Any> Annotations { get; init; } = [];
}
