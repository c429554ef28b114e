using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>How the <c>query</c> parameter matches: anywhere in one of the names, without regard to capitals.</summary>
internal static class Matching
{
    public static bool Contains(UserRow user, string query)
        => user.Login.Contains(query, StringComparison.OrdinalIgnoreCase)
            || user.Email.Contains(query, StringComparison.OrdinalIgnoreCase)
            || user.Name.Contains(query, StringComparison.OrdinalIgnoreCase);
}
