using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>The servers of the recordings of 7.5: one run, in which the requests of 6.5 were made again.</summary>
internal static class Recorded7_5
{
    private static readonly FakeGrafanaOptions Common = new()
    {
        Version = GrafanaVersion.V7_5,
        Commit = "6130ba8b4c",
        BuildStamp = 1623915705,
        RootUrl = "http://localhost:3756",
        DisableGravatar = true,
    };

    public static RecordedServer Named(string name) => name switch
    {
        "default" => Of(Common, "12:32:26") with
        {
            Seed = static (_, secrets) => secrets.OfBasic = "key-Admin",
            Clock = new()
            {
                [3] = "12:32:41",
                [40] = "12:32:42",
                [113] = "12:32:44",
                [131] = "12:32:45",
                [170] = "12:32:46",
                [191] = "12:32:47",
                [260] = "12:32:49",
                [304] = "12:32:50",
            },
        },
        "restricted" => Of(
            Common with
            {
                DisableLoginForm = true,
                ApiKeyMaxSecondsToLive = 3600,
                EditorsCanAdmin = true,
                AutoAssignOrg = false,
                Quotas = new() { OrgUser = 3, OrgApiKey = 2, UserOrg = 10, GlobalUser = 6 },
            },
            "12:32:51"),
        "login-form-disabled" => Of(Common with { DisableLoginForm = true }, "12:32:53") with
        {
            Unrecorded = new() { [369] = [new("POST", "/api/orgs", """{"name":"second"}""")] },
        },
        "basic-auth-disabled" => Of(Common with { BasicAuthEnabled = false, AnonymousEnabled = true }, "12:32:55"),
        "newer-endpoints" => Of(Common, "12:42:20") with { Seed = SeedNewerEndpoints },
        _ => throw new ArgumentException($"No configuration is known for the recorded server '{name}'.", nameof(name)),
    };

    private static RecordedServer Of(FakeGrafanaOptions options, string start) => new(options, "2026-12-01", start);

    // As much of its data as shows in the answers.
    private static void SeedNewerEndpoints(FakeGrafana grafana, Secrets secrets)
    {
        const long admin = 1, main = 1;
        (string Name, bool IsMember)[] organizations = [("platform team", true), ("QA & Release (EU) McDonald", true), ("other", false), ("empty org", true), ("  spaced  org ", true)];
        foreach (var (name, isMember) in organizations)
        {
            var organization = grafana.AddOrganization(name);
            if (isMember)
            {
                grafana.AddMember(organization, admin, GrafanaRole.Admin);
            }
        }

        var user = grafana.AddUser(new UserSeed("user01") { Email = "user01@example.com", Name = "User Number 1", Password = "s3cret-pass" });
        grafana.AddMember(main, user, GrafanaRole.Viewer);
        (string Name, int Members, long Organization)[] teams = [("SRE", 5, main), ("data platform", 2, main), ("Empty Team", 0, main), ("Ops / Ünï", 0, main), ("SRE", 1, 2), ("second", 0, 2)];
        foreach (var (name, members, organization) in teams)
        {
            var team = grafana.AddTeam(organization, name, "t@example.com");
            for (var member = 1; member <= members; member++)
            {
                grafana.AddTeamMember(team, 100 + member);
            }
        }

        secrets.Know("Admin", grafana.AddApiKey(main, GrafanaRole.Admin));
        secrets.Know("Viewer", grafana.AddApiKey(main, GrafanaRole.Viewer));
        secrets.Viewer = ("user01", "s3cret-pass");
    }
}
