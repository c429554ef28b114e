using Grpc.Core;

namespace Baton.Sdk.Connectors;

/// <summary>
/// One change of the target system, while it is carried out. Whoever carries it out says here what was looked at, what the change does
/// beyond itself, and each request before it is sent; on a dry run the first request ends it. Not thread-safe.
/// </summary>
/// <remarks>
/// A dry run is safe by construction when every method of a client that writes takes the change and calls <see cref="Send"/> first.
/// </remarks>
public sealed class Change(ChangeMode mode = ChangeMode.Carry)
{
    private readonly List<string> _checks = [];
    private readonly List<string> _effects = [];
    private readonly List<ChangeRequest> _requests = [];
    private readonly List<ChangeRequest> _followers = [];

    /// <summary>What was looked at and found, in order, for people to read.</summary>
    public IReadOnlyList<string> Checks => _checks;

    /// <summary>What the change does beyond what was asked for: an account that is left without an organization, say.</summary>
    public IReadOnlyList<string> Effects => _effects;

    /// <summary>The requests sent; on a dry run, those that would be.</summary>
    public IReadOnlyList<ChangeRequest> Requests => _requests;

    public bool IsDryRun => mode == ChangeMode.DryRun;

    public void Checked(string finding) => _checks.Add(finding);

    /// <summary>Adds an effect, once.</summary>
    public void Affects(string effect)
    {
        if (!_effects.Contains(effect))
        {
            _effects.Add(effect);
        }
    }

    /// <summary>Notes a request that changes something and is sent next, unless this is a dry run.</summary>
    /// <exception cref="ChangeWithheldException">This is a dry run. Not to be caught by the connector.</exception>
    public void Send(ChangeRequest request)
    {
        _requests.Add(request);
        if (IsDryRun)
        {
            _requests.AddRange(_followers);
            throw new ChangeWithheldException();
        }

        _followers.Clear();
    }

    /// <summary>Announces a request that will follow on the next one, so that a dry run, which does not get there, can show it.</summary>
    public void Announce(ChangeRequest request) => _followers.Add(request);

    /// <summary>The exception of a guard: why the change is refused, what it would have done beyond itself, and what to do instead.</summary>
    public ConnectorException Refuse(string reason, string remedy)
    {
        var effects = _effects.Count == 0 ? "" : $" It would have this effect: {string.Join("; ", _effects)}.";
        return new(StatusCode.FailedPrecondition, $"{reason}.{effects} {remedy}");
    }
}

/// <summary>Whether a change is carried out.</summary>
public enum ChangeMode
{
    Carry,

    /// <summary>Everything is read and checked, and nothing is written.</summary>
    DryRun,
}

/// <summary>A request that changes something, for people to read.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path, without the host.</param>
/// <param name="Body">What is sent, secrets left out; null for nothing.</param>
public sealed record ChangeRequest(string Method, string Target, string? Body = null)
{
    public override string ToString() => Body is null ? $"{Method} {Target}" : $"{Method} {Target} {Body}";
}

/// <summary>Ends a dry run at the first request that would change something.</summary>
public sealed class ChangeWithheldException : Exception
{
    public ChangeWithheldException()
        : base("a dry run sends nothing")
    {
    }
}
