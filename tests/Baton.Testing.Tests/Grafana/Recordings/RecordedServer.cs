using Baton.Testing.Grafana;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>One of the servers that were recorded: how it was configured, what its clock said, and what else was asked of it.</summary>
internal sealed class RecordedServer
{
    private static readonly FakeGrafanaOptions Common = new()
    {
        Version = GrafanaVersion.V6_5,
        AnnouncedVersion = "5.0.0",
        Commit = "NA",
        RootUrl = "http://grafana.example.test:3000",
    };

    private readonly FakeGrafanaOptions _options;

    private RecordedServer(FakeGrafanaOptions options, string startedAt)
    {
        _options = options;
        StartedAt = At(startedAt);
    }

    public DateTimeOffset StartedAt { get; }

    /// <summary>What the clock is set to before an exchange, told from the times in the recordings.</summary>
    public Dictionary<int, string> Clock { get; } = [];

    /// <summary>Requests that the recordings presuppose but do not hold: their numbers or their effects show later.</summary>
    public Dictionary<int, IReadOnlyList<UnrecordedStep>> Unrecorded { get; } = [];

    public static RecordedServer Named(string name) => name switch
    {
        "default" => Default(),
        "restricted" => Restricted(),
        "login-form-disabled" => new(Common with { DisableLoginForm = true }, "10:46:00")
        {
            Unrecorded = { [369] = [new("POST", "/api/orgs", """{"name":"second"}""")] },
        },
        "basic-auth-disabled" => new(Common with { BasicAuthEnabled = false, AnonymousEnabled = true }, "10:46:00"),
        "smtp-enabled" => new(Common with { SmtpEnabled = true }, "10:46:34")
        {
            Unrecorded =
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

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-23T{time}Z");

    public FakeGrafanaOptions OptionsWith(TimeProvider time) => _options with { Time = time };

    private static RecordedServer Default() => new(Common, "10:36:02")
    {
        Clock =
        {
            [3] = "10:37:07",
            [113] = "10:37:58",
            [163] = "10:39:46",
            [304] = "10:39:47",
            [377] = "10:48:05",
        },
    };

    private static RecordedServer Restricted() => new(
        Common with
        {
            DisableLoginForm = true,
            ApiKeyMaxSecondsToLive = 3600,
            EditorsCanAdmin = true,
            AutoAssignOrg = false,
            Quotas = new() { OrgUser = 3, OrgApiKey = 2, UserOrg = 10, GlobalUser = 6 },
        },
        "10:40:38")
    {
        Unrecorded =
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

/// <summary>One request that has to be made although it was not recorded.</summary>
internal sealed record UnrecordedStep(
    string Method, string Path, string? Body = null, string Credential = "basic:server-admin", int Status = 200);
