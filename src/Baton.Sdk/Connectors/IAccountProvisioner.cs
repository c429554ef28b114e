using Baton.Protocol.Connector.V2;

namespace Baton.Sdk.Connectors;

/// <summary>A type whose resources are accounts that can be created. Implemented by the type's <see cref="IResourceSyncer"/>.</summary>
public interface IAccountProvisioner
{
    /// <summary>How the new account may get its credential, and which way is the best.</summary>
    CredentialDetailsAccountProvisioning Credentials { get; }

    /// <param name="account">By the keys of <see cref="IConnector.Metadata"/>'s account-creation schema.</param>
    /// <param name="credential">How the account gets its credential.</param>
    /// <param name="change">Where checks, effects and requests are noted.</param>
    /// <param name="cancellationToken">Ends it, before the first request that writes or after the state is known again.</param>
    /// <exception cref="ConnectorException">It cannot be created; no account was made unless the message says so.</exception>
    Task<AccountOutcome> CreateAccountAsync(AccountInfo account, CredentialRequest credential, Change change, CancellationToken cancellationToken);
}
