using Baton.Grafana.Api;
using Baton.Grafana.Directory;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Memberships;

/// <summary>Looks at a membership after a request that changes it.</summary>
internal static class ReadBack
{
    /// <exception cref="ConnectorException">It cannot be looked at. The message says that the request was sent, and what was answered.</exception>
    public static async Task<MemberState> RunAsync(
        IMemberships memberships, Organization organization, AccountReference account, WriteAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await memberships.ReadAsync(organization.Id, account, cancellationToken);
        }
        catch (ConnectorException failure)
        {
            var said = answer.IsSuccess ? $"Grafana said \"{answer.Message}\"" : answer.Failure?.Message;
            throw new ConnectorException(
                failure.Code, $"grafana-connector: {said}, but what came of it could not be read back: {failure.Message}. Repeating the change is safe", failure)
            {
                IsTransient = failure.IsTransient,
                RateLimit = failure.RateLimit,
            };
        }
    }
}
