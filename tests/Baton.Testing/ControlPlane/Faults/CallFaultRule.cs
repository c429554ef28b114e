using Baton.Testing.ControlPlane.Calls;

namespace Baton.Testing.ControlPlane.Faults;

/// <summary>One thing that goes wrong for some of the calls that match.</summary>
public sealed class CallFaultRule
{
    private readonly CallFaultPlan _plan;
    private readonly Func<PlatformCall, bool> _matches;

    internal CallFaultRule(CallFaultPlan plan, Func<PlatformCall, bool> matches) => (_plan, _matches) = (plan, matches);

    /// <summary>How many calls matched so far, whether or not they were the ones to fail.</summary>
    public int Matched { get; private set; }

    /// <summary>How many calls were made to fail.</summary>
    public int Hits { get; private set; }

    internal int First { get; init; } = 1;

    internal int Last { get; init; } = int.MaxValue;

    /// <summary>The call is carried out first, and only its answer goes wrong.</summary>
    internal bool AfterEffect { get; init; }

    /// <summary>Of an upload, how many bytes are read before it goes wrong.</summary>
    internal long AfterBytes { get; init; }

    /// <summary>Null when the rule only runs something.</summary>
    internal CallFault? Fault { get; init; }

    internal Func<PlatformCall, CancellationToken, Task>? Action { get; init; }

    /// <summary>Ends it.</summary>
    public void Remove() => _plan.Remove(this);

    internal bool Applies(PlatformCall call)
    {
        if (!_matches(call))
        {
            return false;
        }

        Matched++;
        var applies = Matched >= First && Matched <= Last;
        Hits += applies ? 1 : 0;
        return applies;
    }
}
