using System.Globalization;

namespace Baton.Testing.Grafana.State;

/// <summary>
/// All that the instance holds, and the rules that span more than one kind of row.
/// Not safe by itself: everything that touches it, the API and the seeding alike, holds <see cref="Gate"/>.
/// </summary>
internal sealed class GrafanaState
{
    private const string MainOrg = "Main Org.";

    private readonly FakeGrafanaOptions _options;
    private long _lastUserId;
    private long _lastOrgId;
    private long _lastTeamId;

    public GrafanaState(FakeGrafanaOptions options)
    {
        _options = options;
        Users = new(options.Version);

        var admin = AddUser(new(options.AdminLogin)
        {
            Email = options.AdminEmail,
            Password = options.AdminPassword,
            IsServerAdmin = true,
        });
        AddMember(AddOrg(options.AutoAssignOrg ? MainOrg : options.AdminEmail), admin, GrafanaRole.Admin);
        if (!options.AutoAssignOrg && options.Version.IsAtLeast(7))
        {
            // There always is one of this name, though nobody is in it.
            AddOrg(MainOrg);
        }
    }

    public Lock Gate { get; } = new();

    public Accounts Users { get; }

    public Organizations Orgs { get; } = new();

    public Dictionary<long, TeamRow> Teams { get; } = [];

    public List<InviteRow> Invites { get; } = [];

    public Credentials Credentials { get; } = new();

    public RoleAssignments RoleAssignments { get; } = new();

    public LoginAttempts LoginAttempts { get; } = new();

    /// <summary>Whole seconds, as the instance's database keeps them.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = _options.Time.GetUtcNow();
            return new(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        }
    }

    public long NextUserId() => ++_lastUserId;

    public UserRow AddUser(UserSeed seed)
    {
        var id = seed.Id ?? NextUserId();
        _lastUserId = Math.Max(_lastUserId, id);
        var created = seed.Created ?? Now;
        var user = new UserRow
        {
            Id = id,
            Uid = MakeUid('u', id),
            Login = seed.Login,
            Email = seed.Email ?? $"{seed.Login}@example.com",
            Name = seed.Name,
            Password = seed.Password,
            IsServerAdmin = seed.IsServerAdmin,
            IsDisabled = seed.IsDisabled,
            AuthModule = seed.AuthModule,
            IsServerAdminExternallySynced = seed.IsServerAdminExternallySynced,
            IsProvisioned = seed.IsProvisioned,
            Created = created,
            Updated = created,
            LastSeen = seed.LastSeen ?? created.AddYears(-10),
        };
        Users.Add(user);
        return user;
    }

    public void RemoveUser(UserRow user)
    {
        foreach (var membership in user.Memberships.ToArray())
        {
            RoleAssignments.Forget(membership.Org.Id, user.Id, isTeam: false);
            membership.Org.Remove(membership);
        }

        foreach (var team in Teams.Values)
        {
            team.Members.Remove(user.Id);
        }

        Users.Remove(user);
    }

    public OrgRow AddOrg(string name, long? id = null)
    {
        var org = new OrgRow { Id = id ?? _lastOrgId + 1, Name = name };
        _lastOrgId = Math.Max(_lastOrgId, org.Id);
        Orgs.Add(org);
        return org;
    }

    public void RemoveOrg(OrgRow org)
    {
        foreach (var membership in org.Members)
        {
            org.Remove(membership);
        }

        foreach (var team in Teams.Values.Where(team => team.OrgId == org.Id).ToArray())
        {
            Teams.Remove(team.Id);
        }

        Invites.RemoveAll(invite => invite.OrgId == org.Id);
        Credentials.RemoveOrg(org.Id);
        Orgs.Remove(org);
    }

    /// <summary>The new membership becomes the active one only where the active one is no membership.</summary>
    public Membership AddMember(OrgRow org, UserRow user, GrafanaRole role)
    {
        var membership = new Membership(org, user, role);
        org.Add(membership);
        if (user.MembershipIn(user.OrgId) is null)
        {
            user.OrgId = org.Id;
        }

        return membership;
    }

    /// <summary>
    /// Takes the account's teams and roles in the organization along, and moves it to another active organization if it has one.
    /// </summary>
    public void RemoveMember(Membership membership)
    {
        var (org, user) = (membership.Org, membership.User);
        org.Remove(membership);
        foreach (var team in Teams.Values)
        {
            if (team.OrgId == org.Id)
            {
                team.Members.Remove(user.Id);
            }
        }

        RoleAssignments.Forget(org.Id, user.Id, isTeam: false);
        if (user.OrgId == org.Id && user.Memberships.Count > 0)
        {
            user.OrgId = user.Memberships[0].Org.Id;
        }
    }

    public TeamRow AddTeam(long orgId, string name, string email, bool isProvisioned = false, string externalUid = "")
    {
        var id = ++_lastTeamId;
        var team = new TeamRow
        {
            Id = id,
            Uid = MakeUid('t', id),
            OrgId = orgId,
            Name = name,
            Email = email,
            IsProvisioned = isProvisioned,
            ExternalUid = externalUid,
        };
        Teams.Add(id, team);
        return team;
    }

    public ServiceAccountRow AddServiceAccount(
        long orgId, string name, GrafanaRole role, IReadOnlyDictionary<string, string[]>? permissions = null)
    {
        var id = NextUserId();
        var account = new ServiceAccountRow
        {
            Id = id,
            Uid = MakeUid('s', id),
            OrgId = orgId,
            Name = name,
            Login = $"sa-{orgId}-{name.ToLowerInvariant().Replace(' ', '-')}",
            Role = role,
            Permissions = permissions,
        };
        Credentials.ServiceAccounts.Add(id, account);
        return account;
    }

    /// <summary>The provider of the account's last sign-in decides its organization roles, so they cannot be changed here.</summary>
    public bool IsExternallySynced(UserRow user)
        => _options.Version.IsAtLeast(9, 5)
            && user.AuthModule is { } module
            && !_options.SkipOrgRoleSync.Contains(module, StringComparer.Ordinal);

    // Fourteen characters, as Grafana's are; ours follow from the id, so that two runs agree.
    private static string MakeUid(char kind, long id)
        => string.Create(CultureInfo.InvariantCulture, $"{kind}e{id * 2654435761 % 0xffffffffffff:x12}");
}
