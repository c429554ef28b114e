using Baton.Protocol.Connector.V2;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>One thing that happens. Accounts and organizations are numbered within the test.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    public sealed record Grant(int Account, int Organization, GrafanaRole Role) : Step;

    public sealed record Revoke(int Account, int Organization, GrafanaRole Role) : Step;

    /// <summary>Somebody else gives a role, or takes the membership, whatever Grafana's rules say of it.</summary>
    public sealed record Outside(int Account, int Organization, GrafanaRole? Role) : Step;

    /// <summary>Somebody else gives the account another login and address; the platform remembers the first ones.</summary>
    public sealed record Rename(int Account) : Step;

    /// <summary>Somebody else deletes the account.</summary>
    public sealed record Delete(int Account) : Step;
}

/// <summary>At most one role per account and organization; what each change does to that, and how it ends.</summary>
internal sealed class RoleModel
{
    private readonly RoleRig _rig;
    private readonly long[] _accounts;
    private readonly HashSet<int> _renamed = [];
    private readonly HashSet<int> _deleted = [];
    private readonly Dictionary<(int Account, int Organization), GrafanaRole> _roles = [];

    public RoleModel(RoleRig rig)
    {
        _rig = rig;
        _accounts = [rig.Boss, rig.Ada, rig.Grafana.AddUser("carol")];
        Organizations = [rig.Platform, rig.Grafana.AddOrganization("second")];
        _roles[(0, 0)] = GrafanaRole.Admin;
    }

    public IReadOnlyList<long> Organizations { get; }

    public IEnumerable<string> Expected => Pairs().Select(pair => Describe(pair.Account, pair.Organization, _roles.TryGetValue(pair, out var role) ? role : null))
        .Concat(_accounts.Select((_, account) => $"{account} {!_deleted.Contains(account)}"));

    public IEnumerable<string> Actual => Pairs().Select(pair => Describe(pair.Account, pair.Organization, _rig.Grafana.RoleOf(Organizations[pair.Organization], _accounts[pair.Account])))
        .Concat(_accounts.Select((id, account) => $"{account} {_rig.Grafana.HasUser(id)}"));

    private bool IsToken => _rig.Token is not null;

    public Resource Principal(int account) => RoleRig.Principal(_accounts[account], Login(account));

    public string Grant(Step.Grant step)
    {
        var key = (step.Account, step.Organization);
        var wasMember = _roles.TryGetValue(key, out var role);
        if (_deleted.Contains(step.Account))
        {
            return IsToken ? "FailedPrecondition" : "NotFound";
        }

        if (!wasMember)
        {
            // A token cannot look up the present login.
            if (IsToken && _renamed.Contains(step.Account))
            {
                return "FailedPrecondition";
            }

            _roles[key] = step.Role;
            return $"{step.Role}";
        }

        if (role == step.Role)
        {
            return $"GrantAlreadyExists {step.Role}";
        }

        if (step.Role != GrafanaRole.Admin && !HasOtherAdmin(key))
        {
            return "FailedPrecondition";
        }

        _roles[key] = step.Role;
        return $"GrantReplaced org:{Organizations[step.Organization]}:{role}:user:{_accounts[step.Account]} {step.Role}";
    }

    public string Revoke(Step.Revoke step)
    {
        var key = (step.Account, step.Organization);
        if (!_roles.TryGetValue(key, out var role))
        {
            return "GrantAlreadyRevoked";
        }

        if (role != step.Role)
        {
            return $"GrantAlreadyRevoked {role}";
        }

        if (!HasOtherAdmin(key))
        {
            return "FailedPrecondition";
        }

        _roles.Remove(key);
        if (!IsToken || IsInAnyOrganization(step.Account))
        {
            return "";
        }

        _deleted.Add(step.Account);
        return $"ResourceDeleted user:{_accounts[step.Account]}";
    }

    /// <summary>In the model and in the instance alike.</summary>
    public string ApplyOutside(Step step)
    {
        switch (step)
        {
            case Step.Outside outside when !_deleted.Contains(outside.Account):
                SetOutside(outside);
                break;
            case Step.Rename rename when !_deleted.Contains(rename.Account) && _renamed.Add(rename.Account):
                _rig.Grafana.RenameUser(_accounts[rename.Account], $"renamed-{rename.Account}", $"renamed-{rename.Account}@example.com");
                break;
            case Step.Delete delete when _deleted.Add(delete.Account):
                _rig.Grafana.RemoveUser(_accounts[delete.Account]);
                Pairs().Where(pair => pair.Account == delete.Account).ToList().ForEach(pair => _roles.Remove(pair));
                break;
        }

        return "";
    }

    private void SetOutside(Step.Outside step)
    {
        var key = (step.Account, step.Organization);
        var (organization, account) = (Organizations[step.Organization], _accounts[step.Account]);
        if (_roles.Remove(key))
        {
            _rig.Grafana.RemoveMember(organization, account);
        }

        if (step.Role is { } role)
        {
            _roles[key] = role;
            _rig.Grafana.AddMember(organization, account, role);
        }
    }

    private bool HasOtherAdmin((int Account, int Organization) key)
        => _roles.Any(other => other.Key.Organization == key.Organization && other.Key.Account != key.Account && other.Value == GrafanaRole.Admin);

    private bool IsInAnyOrganization(int account)
        => _rig.Grafana.RoleOf(1, _accounts[account]) is not null || _roles.Keys.Any(key => key.Account == account);

    private IEnumerable<(int Account, int Organization)> Pairs()
        => Enumerable.Range(0, _accounts.Length).SelectMany(account => Enumerable.Range(0, Organizations.Count).Select(organization => (account, organization)));

    private static string Login(int account) => account switch { 0 => "boss", 1 => "ada", _ => "carol" };

    private static string Describe(int account, int organization, GrafanaRole? role) => $"{account} in {organization}: {role}";
}
