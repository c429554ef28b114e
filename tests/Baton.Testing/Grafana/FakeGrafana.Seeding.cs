using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana;

/// <content>Puts things into the instance as they stand: no rule of the API applies, and no request is counted.</content>
public sealed partial class FakeGrafana
{
    /// <summary>The account joins no organization by this.</summary>
    /// <returns>Its id.</returns>
    public long AddUser(UserSeed seed) => Do(() => _state.AddUser(seed).Id);

    /// <inheritdoc cref="AddUser(UserSeed)"/>
    public long AddUser(string login, string? email = null, string name = "")
        => AddUser(new UserSeed(login) { Email = email, Name = name });

    public void RemoveUser(long userId) => Do(() => _state.RemoveUser(User(userId)));

    /// <summary>Without any member.</summary>
    /// <returns>Its id.</returns>
    public long AddOrganization(string name, long? id = null) => Do(() => _state.AddOrg(name, id).Id);

    public void RenameOrganization(long orgId, string name) => Do(() => _state.Orgs.Rename(Org(orgId), name));

    public void RemoveOrganization(long orgId) => Do(() => _state.RemoveOrg(Org(orgId)));

    public void AddMember(long orgId, long userId, GrafanaRole role) => Do(() => _state.AddMember(Org(orgId), User(userId), role));

    /// <summary>Changes the role whatever the API's rules say, the last administrator's too.</summary>
    public void SetRole(long orgId, long userId, GrafanaRole role)
        => Do(() => (User(userId).MembershipIn(orgId) ?? throw Missing("membership", userId)).Role = role);

    public void RemoveMember(long orgId, long userId)
        => Do(() => _state.RemoveMember(User(userId).MembershipIn(orgId) ?? throw Missing("membership", userId)));

    public void SetDisabled(long userId, bool isDisabled) => Do(() => User(userId).IsDisabled = isDisabled);

    public void SetPassword(string login, string password)
        => Do(() => (_state.Users.FindByLogin(login) ?? throw new InvalidOperationException($"The instance has no user {login}.")).Password = password);

    public void SetServerAdmin(long userId, bool isServerAdmin) => Do(() => User(userId).IsServerAdmin = isServerAdmin);

    /// <summary>As when the person signs in through another provider; null makes the account a local one.</summary>
    public void SetAuthModule(long userId, string? module) => Do(() => User(userId).AuthModule = module);

    /// <summary>As when the person switches organizations in the user interface.</summary>
    public void SetActiveOrganization(long userId, long orgId) => Do(() => User(userId).OrgId = orgId);

    /// <summary>Gives an account another login and address.</summary>
    public void RenameUser(long userId, string login, string email) => Do(() => _state.Users.Rename(User(userId), login, email));

    /// <returns>Its id.</returns>
    public long AddTeam(long orgId, string name, string email = "", bool isProvisioned = false, string externalUid = "")
        => Do(() => _state.AddTeam(orgId, name, email, isProvisioned, externalUid).Id);

    public string TeamUid(long teamId) => Do(() => Team(teamId).Uid);

    public void RemoveTeamMember(long teamId, long userId) => Do(() => Team(teamId).Members.Remove(userId));

    public void RemoveTeam(long teamId) => Do(() => _state.Teams.Remove(teamId));

    /// <param name="teamId">The team.</param>
    /// <param name="userId">The account; 6.5 also keeps ids of none.</param>
    /// <param name="permission">0 is a member, 4 an administrator of the team.</param>
    /// <param name="isSynced">The membership comes from team synchronization.</param>
    public void AddTeamMember(long teamId, long userId, int permission = 0, bool isSynced = false) => Do(() =>
    {
        var team = Team(teamId);
        team.Members[userId] = permission;
        if (isSynced)
        {
            team.SyncedMembers.Add(userId);
        }
    });

    /// <returns>The key itself, as a bearer credential.</returns>
    public string AddApiKey(long orgId, GrafanaRole role, string? name = null, DateTimeOffset? expires = null)
        => Do(() => _state.Credentials.AddApiKey(orgId, name ?? $"key-{role}", role, _state.Now, expires).Key);

    /// <returns>Its id, out of the same sequence as the ids of accounts.</returns>
    public long AddServiceAccount(long orgId, string name, GrafanaRole role) => Do(() => _state.AddServiceAccount(orgId, name, role).Id);

    /// <summary>Makes a service account and a token of it.</summary>
    /// <param name="orgId">The one organization that the token reaches.</param>
    /// <param name="role">The role of the service account there.</param>
    /// <param name="permissions">
    /// Exactly these instead of those of the role, as the action <c>org.users:read</c> on the scope <c>users:id:7</c>;
    /// the scope of what concerns nothing in particular is empty.
    /// </param>
    /// <param name="name">The service account's name.</param>
    /// <returns>The token itself, as a bearer credential.</returns>
    public string AddServiceAccountToken(
        long orgId,
        GrafanaRole role = GrafanaRole.Admin,
        IReadOnlyCollection<(string Action, string Scope)>? permissions = null,
        string name = "baton") => Do(() =>
    {
        if (!_options.Version.IsModern)
        {
            throw new InvalidOperationException($"Grafana {_options.Version} has no service accounts. Add an API key instead.");
        }

        var narrow = permissions?
            .GroupBy(permission => permission.Action, permission => permission.Scope, StringComparer.Ordinal)
            .ToDictionary(action => action.Key, action => action.Where(scope => scope.Length > 0).ToArray(), StringComparer.Ordinal);
        return _state.Credentials.AddToken(_state.AddServiceAccount(orgId, name, role, narrow), $"{name}-token", _state.Now, null).Key;
    });

    /// <summary>Adds one more token to a service account.</summary>
    /// <returns>The token itself, as a bearer credential.</returns>
    public string AddToken(long serviceAccountId, string name, DateTimeOffset? expires = null)
        => Do(() => _state.Credentials.AddToken(_state.Credentials.ServiceAccounts[serviceAccountId], name, _state.Now, expires).Key);

    /// <summary>Adds a role of access control, which only an Enterprise instance shows.</summary>
    public void AddRole(RbacRole role) => Do(() => _state.RoleAssignments.Add(role));

    public void AssignRoleToUser(long orgId, long userId, string roleUid)
        => Do(() => _state.RoleAssignments.Assign(orgId, userId, isTeam: false, roleUid));

    public void AssignRoleToTeam(long teamId, string roleUid)
        => Do(() => _state.RoleAssignments.Assign(Team(teamId).OrgId, teamId, isTeam: true, roleUid));

    /// <summary>The role of a member; null without membership.</summary>
    public GrafanaRole? RoleOf(long orgId, long userId) => Do(() => _state.Users.Find(userId)?.MembershipIn(orgId)?.Role);

    /// <summary>The id of the account with this login; null without one.</summary>
    public long? FindUser(string login) => Do(() => _state.Users.FindByLogin(login)?.Id);

    public bool HasUser(long userId) => Do(() => _state.Users.Find(userId) is not null);

    public bool IsDisabled(long userId) => Do(() => User(userId).IsDisabled);

    public bool IsServerAdmin(long userId) => Do(() => User(userId).IsServerAdmin);

    /// <summary>Account id to permission.</summary>
    public IReadOnlyDictionary<long, int> TeamMembers(long teamId) => Do(() => new Dictionary<long, int>(Team(teamId).Members));

    /// <summary>The addresses invited and not yet answered, in one organization.</summary>
    public IReadOnlyList<string> PendingInvites(long orgId) => Do(() => _state.Invites
        .Where(invite => invite.OrgId == orgId && invite.Status == InviteRow.Pending)
        .Select(invite => invite.Email)
        .ToArray());

    /// <summary>The secrets of all invitations that there ever were, withdrawn ones included.</summary>
    public IReadOnlyList<string> InviteCodes() => Do(() => _state.Invites.Select(invite => invite.Code).ToArray());

    private static InvalidOperationException Missing(string what, long id) => new($"The instance has no {what} {id}.");

    private UserRow User(long id) => _state.Users.Find(id) ?? throw Missing("user", id);

    private OrgRow Org(long id) => _state.Orgs.Find(id) ?? throw Missing("organization", id);

    private TeamRow Team(long id) => _state.Teams.GetValueOrDefault(id) ?? throw Missing("team", id);

    private T Do<T>(Func<T> action)
    {
        lock (_state.Gate)
        {
            return action();
        }
    }

    private void Do(Action action)
    {
        lock (_state.Gate)
        {
            action();
        }
    }
}
