using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>How accounts come and go: on the server as its administrator, in its organization with a token.</summary>
internal interface IAccounts
{
    CredentialDetailsAccountProvisioning Credentials { get; }

    IReadOnlyList<ICustomAction> Actions { get; }

    Task<AccountOutcome> CreateAsync(AccountDetails details, CredentialRequest credential, Change change, CancellationToken cancellationToken);

    Task<ChangeOutcome> DeleteAsync(long id, Change change, CancellationToken cancellationToken);
}
