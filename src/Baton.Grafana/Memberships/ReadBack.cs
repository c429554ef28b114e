using Baton.Grafana.Api;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Looks at what a request came to that changes something. What Grafana confirms and does not show yet is looked at again: a replica of its
/// database, or a cache in front of it, may be a moment behind.
/// </summary>
internal static class ReadBack
{
    private const int Looks = 3;

    /// <summary>Looks at a membership.</summary>
    /// <param name="memberships">Where.</param>
    /// <param name="organization">Of which organization.</param>
    /// <param name="account">Whose.</param>
    /// <param name="answer">What was answered to the request.</param>
    /// <param name="isDone">Whether a state is the one that was asked for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConnectorException">It cannot be looked at. The message says that the request was sent, and what was answered.</exception>
    public static Task<MemberState> RunAsync(
        IMemberships memberships,
        Organization organization,
        AccountReference account,
        WriteAnswer answer,
        Func<MemberState, bool> isDone,
        CancellationToken cancellationToken)
        => RunAsync(
            answer, () => memberships.ReadAsync(organization.Id, account, cancellationToken), isDone, () => memberships.PauseAsync(cancellationToken));

    /// <inheritdoc cref="RunAsync(IMemberships, Organization, AccountReference, WriteAnswer, Func{MemberState, bool}, CancellationToken)"/>
    public static async Task<T> RunAsync<T>(WriteAnswer answer, Func<Task<T>> read, Func<T, bool> isDone, Func<Task> pause)
    {
        for (var look = 1; ; look++)
        {
            var state = await RunAsync(answer, read);
            if (isDone(state) || !answer.IsSuccess || look == Looks)
            {
                return state;
            }

            await pause();
        }
    }

    /// <summary>Looks once, for what has no one state to be in.</summary>
    /// <exception cref="ConnectorException">It cannot be looked at. The message says that the request was sent, and what was answered.</exception>
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
