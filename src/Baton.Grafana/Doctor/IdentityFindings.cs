using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Doctor;

/// <summary>Who we are to Grafana. One request, of which nothing is repeated.</summary>
internal sealed class IdentityFindings(GrafanaClient grafana, GrafanaOptions options)
{
    private const string Password = "correct --username and --password (BATON_USERNAME, BATON_PASSWORD or BATON_PASSWORD_FILE), or switch basic authentication on in Grafana ([auth.basic] enabled)";
    private const string Token = "make another token in Grafana (Administration > Service accounts), and set BATON_API_TOKEN or BATON_API_TOKEN_FILE";

    public async Task<CheckResult> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return options.Token is null
                ? Account(await grafana.GetSignedInUserAsync(cancellationToken))
                : Organization(await grafana.GetCurrentOrganizationAsync(cancellationToken));
        }
        catch (ConnectorException refusal)
        {
            return CheckResult.Failed("credential", refusal.Message, Remedy(refusal.Code));
        }
    }

    private CheckResult Account(GrafanaProfile self)
    {
        var username = options.Username ?? "";
        var isMe = string.Equals(self.Login, username, StringComparison.OrdinalIgnoreCase) || string.Equals(self.Email, username, StringComparison.OrdinalIgnoreCase);
        return !isMe
            ? CheckResult.Failed("credential", $"Grafana takes us for {self.Login}, not for {username}", "switch basic authentication on in Grafana ([auth.basic] enabled)")
            : self.IsGrafanaAdmin != true
            ? CheckResult.Failed("credential", $"{username} is signed in, but is not a server administrator", "give the account that right in Grafana (Server admin > Users), or use a service account's token")
            : CheckResult.Ok("credential", $"signed in as {self.Login} (id {self.Id}), a server administrator: all accounts and organizations are synced");
    }

    private static CheckResult Organization(GrafanaOrganization organization)
        => CheckResult.Ok("credential", $"the token is one of the organization {organization.Name} (id {organization.Id}), which is all that is synced");

    private string? Remedy(StatusCode code) => code switch
    {
        StatusCode.Unauthenticated => options.Token is null ? Password : Token,
        StatusCode.PermissionDenied => "give the service account the basic role Viewer or above",
        StatusCode.NotFound => "switch basic authentication on in Grafana ([auth.basic] enabled), or correct --hostname",
        _ => null,
    };
}
