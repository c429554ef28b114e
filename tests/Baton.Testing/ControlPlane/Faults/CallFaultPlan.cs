using Baton.Testing.ControlPlane.Calls;

namespace Baton.Testing.ControlPlane.Faults;

/// <summary>
/// What goes wrong, and when. Rules are tried in the order in which they were made; the first that answers wins,
/// and the ones after it neither see nor count the call. So two rules of one call each fail two calls in turn.
/// </summary>
public sealed class CallFaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<CallFaultRule> _rules = [];

    internal CallFaultPlan()
    {
    }

    /// <summary>Begins a rule for calls of one kind.</summary>
    public CallFaultBuilder On(CallKind kind) => On(call => call.Kind == kind);

    /// <summary>Begins a rule for the calls that belong to a task; its delivery is none of them.</summary>
    public CallFaultBuilder On(CallKind kind, string taskId) => On(call => call.Kind == kind && call.TaskId == taskId);

    /// <summary>Begins a rule. The request is known when it is asked; of the token endpoint there is none.</summary>
    public CallFaultBuilder On(Func<PlatformCall, bool> calls) => new(this, calls);

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal CallFaultRule Add(CallFaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }

        return rule;
    }

    internal void Remove(CallFaultRule rule)
    {
        lock (_gate)
        {
            _rules.Remove(rule);
        }
    }

    /// <summary>Runs what is to be run before the call, and returns what is to go wrong with it.</summary>
    internal async Task<Match?> MatchAsync(PlatformCall call, CancellationToken cancellationToken)
    {
        var match = default(Match);
        var actions = new List<Func<PlatformCall, CancellationToken, Task>>();
        lock (_gate)
        {
            foreach (var rule in _rules)
            {
                if ((rule.Fault is not null && match is not null) || !rule.Applies(call))
                {
                    continue;
                }

                if (rule.Action is { } action)
                {
                    actions.Add(action);
                }

                match ??= rule.Fault is { } fault ? new(fault, rule.AfterEffect, rule.AfterBytes) : null;
            }
        }

        foreach (var action in actions)
        {
            await action(call, cancellationToken);
        }

        return match;
    }

    internal sealed record Match(CallFault Fault, bool AfterEffect, long AfterBytes);
}
