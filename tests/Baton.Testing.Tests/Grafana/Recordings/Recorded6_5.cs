using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>The servers of the recordings of 6.5.</summary>
internal static class Recorded6_5
{
    private static readonly FakeGrafanaOptions Common = new()
    {
        Version = GrafanaVersion.V6_5,
        AnnouncedVersion = "5.0.0",
        Commit = "NA",
        RootUrl = "http://grafana.example.test:3000",
    };

    public static RecordedServer Named(string name) => name switch
    {
        "default" => Of(Common, "10:36:02") with
        {
            Clock = new()
            {
                [3] = "10:37:07",
                [113] = "10:37:58",
                [163] = "10:39:46",
                [304] = "10:39:47",
                [377] = "10:48:05",
            },
        },
        "restricted" => Restricted(),
        "login-form-disabled" => Of(Common with { DisableLoginForm = true }, "10:46:00") with
        {
            Unrecorded = new() { [369] = [new("POST", "/api/orgs", """{"name":"second"}""")] },
        },
        "basic-auth-disabled" => Of(Common with { BasicAuthEnabled = false, AnonymousEnabled = true }, "10:46:00"),
        "smtp-enabled" => Of(Common with { SmtpEnabled = true }, "10:46:34") with
        {
            Unrecorded = new()
            {
                [376] =
                [
                    new("POST", "/api/orgs", """{"name":"second"}"""),
                    new("POST", "/api/admin/users", """{"name":"R3","email":"r3@example.com","login":"r3","password":"s3cret-pass"}"""),
                ],
            },
        },
        _ => throw new ArgumentException($"No configuration is known for the recorded server '{name}'.", nameof(name)),
    };

    private static RecordedServer Of(FakeGrafanaOptions options, string start) => new(options, "2026-11-23", start);

    private static RecordedServer Restricted() => Of(
        Common with
        {
            DisableLoginForm = true,
            ApiKeyMaxSecondsToLive = 3600,
            EditorsCanAdmin = true,
            AutoAssignOrg = false,
            Quotas = new() { OrgUser = 3, OrgApiKey = 2, UserOrg = 10, GlobalUser = 6 },
        },
        "10:40:38") with
    {
        Unrecorded = new()
        {
            [330] = [.. Enumerable.Range(2, 4).Select(number => new UnrecordedStep(
                "POST",
                "/api/admin/users",
                $$"""{"name":"R {{number}}","email":"r{{number}}@example.com","login":"r{{number}}","password":"s3cret-pass"}"""))],
            [346] = [new("POST", "/api/auth/keys", """{"name":"b","role":"Admin","secondsToLive":3600}""")],
            [347] = [new("PATCH", "/api/orgs/1/users/3", """{"role":"Editor"}""")],
            [363] = [.. Enumerable.Repeat(new UnrecordedStep("GET", "/api/user", Credential: "basic:lock-wrong", Status: 401), 3)],
        },
    };
}
