namespace Baton.Testing.Grafana.State;

/// <summary>All accounts, found by id, login and e-mail address, and in the order in which the instance lists them.</summary>
internal sealed class Accounts(GrafanaVersion version)
{
    private readonly Dictionary<long, UserRow> _byId = [];
    private readonly Dictionary<string, UserRow> _byLogin = new(NameComparer(version));
    private readonly Dictionary<string, UserRow> _byEmail = new(NameComparer(version));
    private readonly Dictionary<string, UserRow[]> _ordered = new(StringComparer.Ordinal);

    public int Count => _byId.Count;

    public IEnumerable<UserRow> All => _byId.Values;

    public UserRow? Find(long id) => _byId.GetValueOrDefault(id);

    public UserRow? FindByLogin(string login) => _byLogin.GetValueOrDefault(login);

    public UserRow? FindByEmail(string email) => email.Length == 0 ? null : _byEmail.GetValueOrDefault(email);

    /// <summary>As Grafana resolves it: what holds an @ is tried as an address first, all else is a login only.</summary>
    public UserRow? FindByLoginOrEmail(string loginOrEmail)
        => (loginOrEmail.Contains('@', StringComparison.Ordinal) ? FindByEmail(loginOrEmail) : null) ?? FindByLogin(loginOrEmail);

    public void Add(UserRow user)
    {
        _byId.Add(user.Id, user);
        _byLogin[user.Login] = user;
        if (user.Email.Length > 0)
        {
            _byEmail[user.Email] = user;
        }

        _ordered.Clear();
    }

    public void Remove(UserRow user)
    {
        _byId.Remove(user.Id);
        Unindex(user);
        _ordered.Clear();
    }

    public void Rename(UserRow user, string login, string email)
    {
        Unindex(user);
        user.Login = login;
        user.Email = email;
        _byLogin[login] = user;
        if (email.Length > 0)
        {
            _byEmail[email] = user;
        }

        _ordered.Clear();
    }

    /// <param name="sort">One of the orders of the <c>sort</c> parameter, or null for the release's own.</param>
    public UserRow[] InOrder(string? sort)
    {
        var key = sort ?? "";
        if (!_ordered.TryGetValue(key, out var users))
        {
            users = [.. _byId.Values];
            Array.Sort(users, UserOrder.For(sort, version));
            _ordered.Add(key, users);
        }

        return users;
    }

    private static StringComparer NameComparer(GrafanaVersion version)
        => version.IsModern ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private void Unindex(UserRow user)
    {
        _byLogin.Remove(user.Login);
        if (FindByEmail(user.Email) == user)
        {
            _byEmail.Remove(user.Email);
        }
    }
}
