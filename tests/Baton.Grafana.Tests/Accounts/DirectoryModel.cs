using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>Something that is done to accounts.</summary>
/// <param name="Kind"><c>create</c>, <c>delete</c> or an action, by the server's administrator; <c>invite</c> or <c>remove</c>, with the token.</param>
/// <param name="Login">May be empty.</param>
/// <param name="Email">Whose account.</param>
/// <param name="Id">Which account.</param>
internal sealed record Step(string Kind, string Login, string Email, long Id)
{
    public override string ToString() => $"{Kind} {Login} {Email} {Id}";
}

/// <summary>An account of the model. One that was there from the start has no password here.</summary>
internal sealed record ModelAccount(long Id, string Login, string Email, string? Password)
{
    public bool IsDisabled { get; set; }

    public Dictionary<long, GrafanaRole> Roles { get; } = [];
}

/// <summary>Who has an account, who belongs where, and who is invited.</summary>
/// <param name="grafana">How the server compares names; the connector ignores case.</param>
internal sealed class DirectoryModel(StringComparer grafana)
{
    private const long Highest = 40;

    private readonly Dictionary<long, ModelAccount> _accounts = [];
    private readonly List<string> _invited = [];

    public IEnumerable<ModelAccount> Accounts => _accounts.Values;

    public void Add(ModelAccount account) => _accounts.Add(account.Id, account);

    public string Expect(Step step) => step.Kind switch
    {
        "create" => Like(step).Count switch { 0 => "Created", 1 => "AlreadyExists", _ => "Conflict" },
        "invite" => ExpectInvitation(step.Email),
        "remove" => _accounts.GetValueOrDefault(step.Id)?.Roles.ContainsKey(2) != true ? "Absent" : IsLastAdmin(step.Id) ? "Refused" : "Done",
        "delete" => !_accounts.ContainsKey(step.Id) ? "Absent" : step.Id == 1 || IsLastAdmin(step.Id) ? "Refused" : "Done",
        "disable_user" => !_accounts.TryGetValue(step.Id, out var account) || (!account.IsDisabled && (step.Id == 1 || IsLastAdmin(step.Id))) ? "Refused" : "Done",
        _ => _accounts.ContainsKey(step.Id) ? "Done" : "Refused",
    };

    public void Apply(Step step, string outcome, AccountOutcome.Created? created)
    {
        switch (step.Kind, outcome)
        {
            case ("create", "Created"):
                var id = long.Parse(created!.Account.Id.Resource, System.Globalization.CultureInfo.InvariantCulture);
                var login = step.Login.Length > 0 ? step.Login : step.Email;
                Add(new(id, login, step.Email, AccountRig.Password(created)) { Roles = { [1] = GrafanaRole.Viewer } });
                break;
            case ("invite", "Created"):
                Meant(step.Email)!.Roles[2] = GrafanaRole.Viewer;
                break;
            case ("invite", "ActionRequired") when !IsInvited(step.Email):
                _invited.Add(step.Email);
                break;
            case ("delete", "Done"):
                _accounts.Remove(step.Id);
                break;
            case ("remove", "Done"):
                _accounts[step.Id].Roles.Remove(2);
                if (_accounts[step.Id].Roles.Count == 0)
                {
                    _accounts.Remove(step.Id);
                }

                break;
            case ("disable_user" or "enable_user", "Done"):
                _accounts[step.Id].IsDisabled = step.Kind == "disable_user";
                break;
            default:
                break;
        }
    }

    public void Compare(FakeGrafana instance)
    {
        for (var id = 1L; id <= Highest; id++)
        {
            var account = _accounts.GetValueOrDefault(id);
            Assert.Equal((id, account is not null), (id, instance.HasUser(id)));
            if (account is not null)
            {
                Assert.Equal((id, account.IsDisabled), (id, instance.IsDisabled(id)));
                Assert.Equal(
                    (id, account.Roles.GetValueOrDefault(1, (GrafanaRole)(-1)), account.Roles.GetValueOrDefault(2, (GrafanaRole)(-1))),
                    (id, instance.RoleOf(1, id) ?? (GrafanaRole)(-1), instance.RoleOf(2, id) ?? (GrafanaRole)(-1)));
            }
        }

        Assert.Equal(_invited, instance.PendingInvites(2));
    }

    // The rules are Grafana's where it decides: by address first, then by login.
    private string ExpectInvitation(string email)
        => _accounts.Values.Any(account => account.Roles.ContainsKey(2) && Same(account.Email, email)) ? "AlreadyExists"
            : IsInvited(email) ? "ActionRequired"
            : Meant(email) is not { } meant ? "ActionRequired"
            : meant.Roles.ContainsKey(2) ? "AlreadyExists"
            : "Created";

    private ModelAccount? Meant(string email)
        => _accounts.Values.FirstOrDefault(account => grafana.Equals(account.Email, email)) ?? _accounts.Values.FirstOrDefault(account => grafana.Equals(account.Login, email));

    private List<ModelAccount> Like(Step step)
    {
        string[] names = [step.Login.Length > 0 ? step.Login : step.Email, step.Email];
        return [.. _accounts.Values.Where(account => Array.Exists(names, name => Same(name, account.Login) || Same(name, account.Email)))];
    }

    private bool IsLastAdmin(long id)
        => _accounts[id].Roles.Any(own => own.Value == GrafanaRole.Admin
            && !_accounts.Values.Any(other => other.Id != id && other.Roles.GetValueOrDefault(own.Key) == GrafanaRole.Admin));

    private bool IsInvited(string email) => _invited.Exists(invited => Same(invited, email));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
