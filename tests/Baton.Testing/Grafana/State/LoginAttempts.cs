namespace Baton.Testing.Grafana.State;

/// <summary>
/// Failed sign-ins by name: five within five minutes block the name for the rest of the window, even for the right password.
/// </summary>
internal sealed class LoginAttempts
{
    private const int Limit = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, List<DateTimeOffset>> _failures = new(StringComparer.Ordinal);

    public bool IsBlocked(string login, DateTimeOffset now)
        => _failures.TryGetValue(login, out var failures) && failures.Count(failure => now - failure < Window) >= Limit;

    public void Fail(string login, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(login, out var failures))
        {
            _failures.Add(login, failures = []);
        }

        failures.Add(now);
    }

    public void Forget(string login) => _failures.Remove(login);
}
