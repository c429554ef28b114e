namespace Baton.Testing.Grafana;

/// <summary>
/// A small company's instance: three organizations, every role, and one account of each kind that needs care.
/// Ids, dates and the token are the same on every start.
/// </summary>
public static class DemoGrafana
{
    public const long MainOrganization = 1;
    public const long Platform = 2;
    public const long Research = 3;

    /// <summary>The server administrator that every instance starts with.</summary>
    public const long Admin = 1;

    public const long Ada = 2;
    public const long Grace = 3;
    public const long Linus = 4;
    public const long Margaret = 5;

    /// <summary>Left the company: disabled, and still a member.</summary>
    public const long Disabled = 6;

    /// <summary>Invited months ago and never signed in.</summary>
    public const long NeverSignedIn = 7;

    /// <summary>Without an e-mail address.</summary>
    public const long WithoutEmail = 8;

    /// <summary>Signs in through a provider that decides its organization roles.</summary>
    public const long ExternallySynced = 9;

    /// <summary>Belongs to no organization.</summary>
    public const long WithoutOrganization = 10;

    /// <summary>A second server administrator.</summary>
    public const long SecondAdmin = 11;

    /// <summary>A member of the second organization without any basic role, where the release has that.</summary>
    public const long WithoutRole = 12;

    private static readonly DateTimeOffset Founded = new(2025, 1, 15, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Starts an instance and fills it.</summary>
    /// <returns>The instance, and a token with role Admin in the first organization; null in releases without service accounts.</returns>
    public static async Task<(FakeGrafana Grafana, string? Token)> StartAsync(
        FakeGrafanaOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();

        // Its dates are fixed, and an invitation that nobody took back is one of the things to find.
        options = options with { InviteLifetime = TimeSpan.FromDays(36_500) };
        var grafana = await FakeGrafana.StartAsync(options, cancellationToken);
        return (grafana, Seed(grafana, options.Version));
    }

    private static string? Seed(FakeGrafana grafana, GrafanaVersion version)
    {
        AddUsers(grafana);
        grafana.AddOrganization("Platform team", Platform);
        grafana.AddOrganization("Research & Development (EU)", Research);
        AddMembers(grafana, version.IsAtLeast(10, 2) ? GrafanaRole.None : GrafanaRole.Viewer);

        var sre = grafana.AddTeam(MainOrganization, "SRE", "sre@example.com");
        grafana.AddTeamMember(sre, Ada, permission: 4);
        grafana.AddTeamMember(sre, Linus);
        grafana.AddTeamMember(grafana.AddTeam(MainOrganization, "Data platform"), Grace);
        grafana.AddTeamMember(grafana.AddTeam(Platform, "SRE"), Linus);

        grafana.AddInvite(Platform, "hedy@example.com", GrafanaRole.Editor, "Hedy Lamarr", invitedBy: Ada, created: Day(645));

        if (!version.IsModern)
        {
            return null;
        }

        var token = grafana.AddServiceAccountToken(MainOrganization, GrafanaRole.Admin, name: "governance");
        AddServiceAccounts(grafana);
        return token;
    }

    // One that is in order, one that nobody needs, and one whose owner has left: his token never ends.
    private static void AddServiceAccounts(FakeGrafana grafana)
    {
        var deploy = grafana.AddServiceAccount(MainOrganization, "ci-deploy", GrafanaRole.Editor);
        grafana.AddToken(deploy, "github-actions", Day(1200));
        grafana.SetTokenUsed(deploy, grafana.Tokens(deploy)[0].Id, Day(661));

        var import = grafana.AddServiceAccount(MainOrganization, "edsger-import", GrafanaRole.Admin);
        grafana.AddToken(import, "laptop");
        grafana.SetTokenUsed(import, grafana.Tokens(import)[0].Id, Day(119));

        grafana.SetServiceAccountDisabled(grafana.AddServiceAccount(Platform, "metrics-reader", GrafanaRole.Viewer), isDisabled: true);
    }

    private static void AddUsers(FakeGrafana grafana)
    {
        Add(new("ada") { Id = Ada, Name = "Ada Lovelace", LastSeen = Day(640) });
        Add(new("grace") { Id = Grace, Name = "Grace Hopper", LastSeen = Day(655) });
        Add(new("linus") { Id = Linus, Name = "Linus Torvalds", LastSeen = Day(300) });
        Add(new("margaret") { Id = Margaret, Name = "Margaret Hamilton", LastSeen = Day(660) });
        Add(new("edsger") { Id = Disabled, Name = "Edsger Dijkstra", IsDisabled = true, LastSeen = Day(120) });
        Add(new("barbara") { Id = NeverSignedIn, Name = "Barbara Liskov" });
        Add(new("backup-robot") { Id = WithoutEmail, Email = "", LastSeen = Day(659) });
        Add(new("katherine@example.com")
        {
            Id = ExternallySynced,
            Email = "katherine@example.com",
            Name = "Katherine Johnson",
            AuthModule = "oauth_azuread",
            LastSeen = Day(658),
        });
        Add(new("niklaus") { Id = WithoutOrganization, Name = "Niklaus Wirth", LastSeen = Day(30) });
        Add(new("frances") { Id = SecondAdmin, Name = "Frances Allen", IsServerAdmin = true, LastSeen = Day(661) });
        Add(new("tony") { Id = WithoutRole, Name = "Tony Hoare", LastSeen = Day(500) });

        void Add(UserSeed seed) => grafana.AddUser(seed with { Created = Day((int)seed.Id!.Value) });
    }

    private static void AddMembers(FakeGrafana grafana, GrafanaRole none)
    {
        (long Org, long User, GrafanaRole Role)[] members =
        [
            (MainOrganization, Ada, GrafanaRole.Admin),
            (MainOrganization, Grace, GrafanaRole.Editor),
            (MainOrganization, Linus, GrafanaRole.Viewer),
            (MainOrganization, Margaret, GrafanaRole.Viewer),
            (MainOrganization, Disabled, GrafanaRole.Editor),
            (MainOrganization, NeverSignedIn, GrafanaRole.Viewer),
            (MainOrganization, WithoutEmail, GrafanaRole.Viewer),
            (MainOrganization, ExternallySynced, GrafanaRole.Editor),
            (MainOrganization, SecondAdmin, GrafanaRole.Admin),
            (Platform, Admin, GrafanaRole.Admin),
            (Platform, Ada, GrafanaRole.Viewer),
            (Platform, Linus, GrafanaRole.Editor),
            (Platform, WithoutRole, none),
            (Research, Admin, GrafanaRole.Admin),
            (Research, Margaret, GrafanaRole.Admin),
            (Research, Grace, GrafanaRole.Viewer),
            (Research, ExternallySynced, GrafanaRole.Viewer),
        ];
        foreach (var (org, user, role) in members)
        {
            grafana.AddMember(org, user, role);
        }
    }

    private static DateTimeOffset Day(int number) => Founded.AddDays(number);
}
