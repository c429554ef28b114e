using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Memberships;

/// <summary>Looks at what a request came to that changes something.</summary>
internal static class ReadBack
{
    /// <summary>Looks at a membership.</summary>
    /// <exception cref="ConnectorException">It cannot be looked at. The message says that the request was sent, and what was answered.</exception>
    public static Task<MemberState> RunAsync(
        IMemberships memberships, Organization organization, AccountReference account, WriteAnswer answer, CancellationToken cancellationToken)
        => RunAsync(answer, () => memberships.ReadAsync(organization.Id, account, cancellationToken));

    /// <inheritdoc cref="RunAsync(IMemberships, Organization, AccountReference, WriteAnswer, CancellationToken)"/>
    public static async Task<T> RunAsync<T>(WriteAnswer answer, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (ConnectorException failure)
        {
            var said = answer.IsSuccess ? $"Grafana said \"{answer.Message}\"" : answer.Failure?.Message;
            throw new ConnectorException(
                failure.Code, $"{Prefix.Connector}{said}, but what came of it could not be read back: {failure.Message}. Repeating the change is safe", failure)
            {
                IsTransient = failure.IsTransient,
                RateLimit = failure.RateLimit,
            };
        }
    }
}
