using System.Text.RegularExpressions;
using Baton.Testing.Grafana.Requests;

namespace Baton.Testing.Grafana.Faults;

/// <summary>
/// What goes wrong, and when. Rules are tried in the order in which they were made; the first that answers wins,
/// and the ones after it neither see nor count the request. So two rules of one request each fail two requests in turn.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];

    /// <summary>Begins a rule for requests of a method whose path and query match a pattern.</summary>
    /// <param name="method">As <c>GET</c>, or <c>*</c>.</param>
    /// <param name="path">A regular expression over path and query, found anywhere in them: anchor it with ^ and $.</param>
    public FaultBuilder On(string method, string path)
    {
        var pattern = new Regex(path, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return On(request => (method == "*" || request.Method == method) && pattern.IsMatch(request.Path));
    }

    public FaultBuilder On(Func<GrafanaRequest, bool> requests) => new(this, requests);

    /// <summary>Begins a rule for every request.</summary>
    public FaultBuilder OnAny() => new(this, static _ => true);

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal FaultRule Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }

        return rule;
    }

    internal void Remove(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Remove(rule);
        }
    }

    /// <summary>The rules that apply to this request: any number that only run something, and at most one that answers.</summary>
    internal IReadOnlyList<FaultRule> Match(GrafanaRequest request)
    {
        lock (_gate)
        {
            if (_rules.Count == 0)
            {
                return [];
            }

            var matches = new List<FaultRule>();
            foreach (var rule in _rules)
            {
                if ((!rule.Answers || !matches.Exists(earlier => earlier.Answers)) && rule.Applies(request))
                {
                    matches.Add(rule);
                }
            }

            return matches;
        }
    }
}
