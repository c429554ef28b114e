using System.Buffers;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>How the <c>query</c> parameter matches: anywhere in one of the names, without regard to capitals.</summary>
internal static class Matching
{
    public static Predicate<UserRow> Of(string query)
    {
        var values = SearchValues.Create([query], StringComparison.OrdinalIgnoreCase);
        return user => user.Login.AsSpan().ContainsAny(values)
            || user.Email.AsSpan().ContainsAny(values)
            || user.Name.AsSpan().ContainsAny(values);
    }
}
