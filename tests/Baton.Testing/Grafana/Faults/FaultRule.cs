using Baton.Testing.Grafana.Requests;

namespace Baton.Testing.Grafana.Faults;

/// <summary>One thing that goes wrong for some of the requests that match.</summary>
public sealed class FaultRule
{
    private readonly FaultPlan _plan;
    private readonly Func<GrafanaRequest, bool> _matches;
    private readonly int _first;
    private readonly int _last;
    private int _seen;

    internal FaultRule(FaultPlan plan, Func<GrafanaRequest, bool> matches, int first, int last, Fault fault)
    {
        _plan = plan;
        _matches = matches;
        _first = first;
        _last = last;
        Fault = fault;
    }

    /// <summary>How many requests matched so far, whether or not they were the ones to fail.</summary>
    public int Matched => Volatile.Read(ref _seen);

    /// <summary>How many requests were made to fail.</summary>
    public int Hits { get; private set; }

    internal Fault Fault { get; }

    internal bool Answers => Fault is not RunFirst;

    /// <summary>Ends it.</summary>
    public void Remove() => _plan.Remove(this);

    internal bool Applies(GrafanaRequest request)
    {
        if (!_matches(request))
        {
            return false;
        }

        _seen++;
        var applies = _seen >= _first && _seen <= _last;
        Hits += applies ? 1 : 0;
        return applies;
    }
}
