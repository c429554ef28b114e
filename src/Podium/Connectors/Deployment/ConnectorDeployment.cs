using Podium.Connectors.Lists;
using Podium.Data;
using Podium.Hosting;
using Podium.Tokens;

namespace Podium.Connectors.Deployment;

/// <summary>What starts one connector elsewhere, with its client id and this server's authority.</summary>
internal sealed class ConnectorDeployment(ServerOptions options, DataFolder folder, TimeProvider clock)
{
    /// <summary>Nothing before the connector has a credential that is good.</summary>
    /// <param name="connector">Which.</param>
    /// <param name="credentials">The connector's, the latest first.</param>
    /// <param name="made">The credential that was made just now, whose secret is known; null for a place to put it.</param>
    /// <param name="kind">How it is started.</param>
    public IReadOnlyList<DeploymentFile> Files(ConnectorRow connector, IReadOnlyList<CredentialRow> credentials, NewCredential? made, DeploymentKind kind)
    {
        var now = clock.Now();
        var clientId = made?.Credential.ClientId ?? credentials.FirstOrDefault(row => row.IsGood(now))?.ClientId;
        return clientId is null ? [] : new DeploymentFiles(NameOf(connector), clientId, made?.ClientSecret, Authority()).Of(kind);
    }

    private string? Authority() => options.Certificate is null ? File.ReadAllText(folder.FilePath("ca.pem")) : null;

    // A label of DNS, which is what Kubernetes, systemd and Docker all take.
    private static string NameOf(ConnectorRow connector)
    {
        const int Longest = 40;
        var letters = connector.DisplayName.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var name = string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries));
        name = name.Length > Longest ? name[..Longest].TrimEnd('-') : name;
        return name.Length == 0 ? "baton-connector" : name.StartsWith("baton-", StringComparison.Ordinal) ? name : "baton-" + name;
    }
}
