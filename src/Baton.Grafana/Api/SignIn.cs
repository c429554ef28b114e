using System.Net;
using System.Net.Http.Headers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Api;

/// <summary>
/// Keeps the connector from locking its own account: Grafana blocks a name after five failures in five minutes, and a service has any
/// number of tasks. A secret that has not been accepted yet is tried by one request at a time, and one that was refused is not sent again
/// until it is replaced, or for <see cref="RefusedFor"/>. Shared by all clients of one credential. Thread-safe.
/// </summary>
internal sealed class SignIn(Credential credential, TimeProvider time)
{
    /// <summary>
    /// How long a refused secret is left alone. Not for ever, even when it stays the same: the account may be unlocked, or its password
    /// set to what we have.
    /// </summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private Standing? _standing;
    private TaskCompletionSource? _trial;

    /// <summary>The right to send one request with the secret in force. Waits while another request finds out whether it is accepted.</summary>
    /// <exception cref="ConnectorException">It was refused, or cannot be sent.</exception>
    public async Task<SignInTurn> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task trial;
            lock (_gate)
            {
                var current = Current();
                if (current.IsProven)
                {
                    return new(current.Header, this, isTrial: false);
                }

                if (_trial is null)
                {
                    _trial = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    return new(current.Header, this, isTrial: true);
                }

                trial = _trial.Task;
            }

            await trial.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether another secret is in force than the one that was sent.</summary>
    public bool IsReplaced(AuthenticationHeaderValue? sent) => !credential.Header.Equals(sent);

    /// <param name="turn">With what it was sent.</param>
    /// <param name="response">What came back.</param>
    /// <param name="isOfOrganization">It was about an organization other than the account's active one.</param>
    internal void Learn(SignInTurn turn, HttpResponseMessage response, bool isOfOrganization)
    {
        lock (_gate)
        {
            if (_standing is null || !_standing.Header.Equals(turn.Header))
            {
                // Replaced in the meantime: an answer to the secret before says nothing about this one.
                return;
            }

            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                // Newer releases also say 401 when the account does not belong to the organization that is asked for. A secret that was good
                // a moment ago is not given up for that, but tried again before more is sent with it.
                _standing = isOfOrganization && !turn.IsTrial
                    ? _standing with { IsProven = false }
                    : _standing with { IsProven = false, RefusedAt = time.GetTimestamp() };
            }
            else if (turn.IsTrial && Proves(response))
            {
                _standing = _standing with { IsProven = true, RefusedAt = null };
            }
        }
    }

    internal void EndTrial()
    {
        lock (_gate)
        {
            _trial?.SetResult();
            _trial = null;
        }
    }

    // Not a gateway's page, and not the health check, which Grafana answers to everybody.
    private static bool Proves(HttpResponseMessage response)
        => response.StatusCode == HttpStatusCode.Forbidden
            || (response.IsSuccessStatusCode
                && GrafanaResponse.IsJson(response)
                && response.RequestMessage?.RequestUri?.AbsolutePath.EndsWith("/api/health", StringComparison.Ordinal) != true);

    // Of the secret in force; a new one has no past.
    private Standing Current()
    {
        var header = credential.Header;
        if (_standing is null || !_standing.Header.Equals(header))
        {
            _standing = new(header, IsProven: false, RefusedAt: null);
        }

        if (_standing.RefusedAt is { } refused && time.GetElapsedTime(refused) is var age && age < RefusedFor)
        {
            throw new ConnectorException(
                StatusCode.Unauthenticated,
                $"Grafana refuses the credential: it did so {age.TotalSeconds:0} s ago, and is not asked again with the same one for another "
                    + $"{Math.Ceiling((RefusedFor - age).TotalSeconds):0} s; check the username and password, or the token. "
                    + "Grafana locks an account after five failures");
        }

        return _standing;
    }

    private sealed record Standing(AuthenticationHeaderValue Header, bool IsProven, long? RefusedAt)
    {
        // A record would print the header.
        public override string ToString() => nameof(Standing);
    }
}

/// <summary>One request's use of the credential. Ends when the answer's status is known; others may wait for that.</summary>
internal sealed class SignInTurn(AuthenticationHeaderValue header, SignIn signIn, bool isTrial) : IDisposable
{
    public AuthenticationHeaderValue Header => header;

    /// <summary>It is not known whether the secret is accepted, and nobody else sends with it meanwhile.</summary>
    public bool IsTrial => isTrial;

    public void Answered(HttpResponseMessage response, bool isOfOrganization) => signIn.Learn(this, response, isOfOrganization);

    public void Dispose()
    {
        if (isTrial)
        {
            signIn.EndTrial();
        }
    }
}
