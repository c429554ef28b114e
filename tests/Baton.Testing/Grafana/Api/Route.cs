namespace Baton.Testing.Grafana.Api;

/// <summary>One route: a pattern whose parts starting with a colon are parameters, what it asks of the caller, and its handler.</summary>
internal sealed record Route(string Method, string Pattern, Access Access, Action<ApiCall> Handler)
{
    private readonly string[] _parts = Pattern.Split('/');

    public int Length => _parts.Length;

    public bool TryMatch(string[] path, out string[] values)
    {
        values = [];
        for (var index = 0; index < _parts.Length; index++)
        {
            if (_parts[index].StartsWith(':'))
            {
                values = [.. values, path[index]];
            }
            else if (_parts[index] != path[index])
            {
                return false;
            }
        }

        return true;
    }
}
