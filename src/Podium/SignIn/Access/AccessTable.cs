using static Podium.SignIn.Access.Who;

namespace Podium.SignIn.Access;

/// <summary>
/// Who may what: every endpoint of this server, one line each. What is not here is for nobody. A section a feature; the first line that covers an
/// endpoint counts. docs/podium/who-may-what.md is made of it.
/// </summary>
internal static class AccessTable
{
    // They choose people: for a request, as owners, as reviewers. Before the table, which is made in the order of this text.
    private static readonly Role[] WorkWithPeople =
    [
        Role.AccessRequestHelpdesk, Role.AccessRequestAdministrator, Role.ApplicationAdministrator, Role.CampaignAdministrator, Role.ConnectorAdministrator,
    ];

    private const string OwnsConnector = "who owns the connector";
    private const string OwnsConnectors = "owners, their connectors";
    private const string OwnsApp = "owners of the app or of a connector of it";

    public static IReadOnlyList<AccessSection> Sections { get; } =
    [
        new("Health", "On a port of their own.",
        [
            Get("/live", Anybody),
            Get("/ready", Anybody),
            Get("/health", Anybody),
            Get("/metrics", Anybody),
        ]),
        new("Pages", "What all of them need.",
        [
            Get("/assets/{file}", Anybody),
            Post("/theme", Anybody),
            Page("/", SignedIn),
            Page("/search", SignedIn),
            .. PageWithForms("/profile/sessions", SignedIn),
            .. PageWithForms("/settings/api-keys", SignedIn),
            Post("/settings/api-keys/revoke", SignedIn),
            Page("/people", View(WorkWithPeople)),
            Page("/settings/audit", View()),
            Page("/settings/restored", View()),
            Post("/settings/restored", Change()),
            Page("/connectors", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/add", Change(Role.ConnectorAdministrator)),
            .. PageWithForms("/connectors/add/{entry}", Change(Role.ConnectorAdministrator)),
            Page("/connectors/{id}", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/{id}/live", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/{id}/log", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/{id}/settings", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/{id}/deploy", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/{id}/held", View(Role.ConnectorAdministrator), OwnsConnector),
            Page("/connectors/{id}/held/confirm", Change(Role.ConnectorAdministrator), OwnsConnector),
            .. PageWithForms("/connectors/{id}/delete", Change(Role.ConnectorAdministrator)),
            Post("/connectors/{id}/owners", Change(Role.ConnectorAdministrator)),
            .. new[] { "settings", "rename", "schedule", "deploy", "deploy/revoke", "sync", "pause", "resume", "held/confirm", "held/discard" }
                .Select(form => Post($"/connectors/{{id}}/{form}", Change(Role.ConnectorAdministrator), OwnsConnector)),
            .. new[] { "", "/{app}", "/{app}/accounts", "/{app}/accounts/{account}", "/{app}/entitlements", "/{app}/entitlements/{entitlement}", "/{app}/resources", "/{app}/changes" }
                .Select(page => Page($"/apps{page}", View(Role.ConnectorAdministrator), "who owns the app, or a connector of it")),
        ]),
        new("Sign-in", "Keys neither set roles nor change how people sign in.",
        [
            .. PageWithForms("/sign-in", Anybody),
            .. PageWithForms("/set-up/{token}", Anybody),
            Post("/sign-out", Anybody),
            Get("/api/v1/auth/introspect", SignedIn),
            Get("/api/v1/iam/personal_clients", SignedIn),
            Post("/api/v1/iam/personal_clients", SignedIn),
            Get("/api/v1/iam/personal_clients/{id}", SignedIn),
            Delete("/api/v1/iam/personal_clients/{id}", SignedIn),
        ]),
        new("The connectors' service", "",
        [
            Post("/auth/v1/token", Anybody),
            Post("/c1.connectorapi.baton.v1.BatonService/**", ConnectorToken),
        ]),
        new("People and roles", "",
        [
            Get("/api/v1/users", View(WorkWithPeople)),
            Get("/api/v1/users/{id}", View(WorkWithPeople), "oneself"),
            Post("/api/v1/search/users", View(WorkWithPeople)),
            Get("/api/v1/iam/roles", SignedIn),
            Get("/api/v1/iam/roles/{role_id}", SignedIn),
        ]),
        new("API: apps and what is in them", "An owner sees what is in that app, and so does who owns a connector of it.",
        [
            Get("/api/v1/apps", View(WorkWithPeople), "owners, their apps"),
            Post("/api/v1/apps", Change(Role.ApplicationAdministrator, Role.ConnectorAdministrator)),
            Get("/api/v1/apps/{id}", View(WorkWithPeople), OwnsApp),
            Post("/api/v1/search/apps", View(WorkWithPeople), "owners, their apps"),
            Get("/api/v1/apps/{app_id}/app_users", View(WorkWithPeople), OwnsApp),
            Get("/api/v1/apps/{app_id}/entitlements", View(WorkWithPeople), OwnsApp),
            Get("/api/v1/apps/{app_id}/entitlements/{id}", View(WorkWithPeople), OwnsApp),
            Get("/api/v1/apps/{app_id}/resource_types", View(WorkWithPeople), OwnsApp),
            Get("/api/v1/apps/{app_id}/resource_types/{app_resource_type_id}/resources", View(WorkWithPeople), OwnsApp),
            Get("/api/podium/v1/apps/{app_id}/accounts", View(WorkWithPeople), OwnsApp),
            Get("/api/podium/v1/apps/{app_id}/entitlements", View(WorkWithPeople), OwnsApp),
            Get("/api/podium/v1/apps/{app_id}/resources", View(WorkWithPeople), OwnsApp),
            Get("/api/podium/v1/apps/{app_id}/grants", View(WorkWithPeople), OwnsApp),
            Get("/api/podium/v1/apps/{app_id}/changes", View(WorkWithPeople), OwnsApp),
            Get("/api/podium/v1/apps/{app_id}/counts", View(WorkWithPeople), OwnsApp),
        ]),
        new("API: connectors", "Settings are written and never read, by nobody.",
        [
            Get("/api/v1/apps/{app_id}/connectors", View(WorkWithPeople), OwnsApp),
            Post("/api/v1/apps/{app_id}/connectors", Change(Role.ConnectorAdministrator)),
            Post("/api/v1/apps/{app_id}/connectors/create", Change(Role.ConnectorAdministrator)),
            Get("/api/v1/apps/{app_id}/connectors/{id}", View(WorkWithPeople), OwnsApp),
            Delete("/api/v1/apps/{app_id}/connectors/{id}", Change(Role.ConnectorAdministrator)),
            .. new[] { "", "/delegated", "/force_sync", "/pause", "/resume", "/confirm_sync_valid/{sync_id}" }
                .Select(action => Post($"/api/v1/apps/{{app_id}}/connectors/{{id}}{action}", Change(Role.ConnectorAdministrator), OwnsConnector)),
            Post("/api/v1/apps/connectors/credentials", Change(Role.ConnectorAdministrator), OwnsConnector),
            Get("/api/v1/apps/{app_id}/connectors/{connector_id}/credentials/{id}", View(WorkWithPeople), OwnsApp),
            Post("/api/v1/apps/{app_id}/connectors/{connector_id}/credentials/{id}", Change(Role.ConnectorAdministrator), OwnsConnector),
            Put("/api/v2/apps/{app_id}/connectors/{connector_id}/owners", Change(Role.ConnectorAdministrator)),
            Get("/api/v2/apps/{app_id}/connectors/{connector_id}/owners/users", View(WorkWithPeople), OwnsApp),
            Get("/api/v2/apps/{app_id}/connectors/{connector_id}/owners/users/{role_slug}/{user_id}", View(WorkWithPeople), OwnsApp),
            Post("/api/v2/apps/{app_id}/connectors/{connector_id}/owners/users/{role_slug}/{user_id}", Change(Role.ConnectorAdministrator)),
            Delete("/api/v2/apps/{app_id}/connectors/{connector_id}/owners/users/{role_slug}/{user_id}", Change(Role.ConnectorAdministrator)),
            Post("/api/v1/connectorcatalog", SignedIn),
            Get("/api/podium/v1/catalog", SignedIn),
            Get("/api/podium/v1/catalog/{id}", SignedIn),
            Post("/api/podium/v1/catalog/{id}/validate", Change(Role.ConnectorAdministrator)),
            Get("/api/podium/v1/connectors", View(Role.ConnectorAdministrator), OwnsConnectors),
            .. new[] { "", "/syncs", "/syncs/{sync_id}", "/held_sync", "/lines", "/journal", "/credentials", "/deployment", "/deletion" }
                .Select(part => Get($"/api/podium/v1/connectors/{{id}}{part}", View(Role.ConnectorAdministrator), OwnsConnector)),
            .. new[] { "/validate", "/try", "/syncs", "/syncs/{sync_id}/confirm", "/syncs/{sync_id}/discard" }
                .Select(action => Post($"/api/podium/v1/connectors/{{id}}{action}", Change(Role.ConnectorAdministrator), OwnsConnector)),
            Put("/api/podium/v1/connectors/{id}/schedule", Change(Role.ConnectorAdministrator), OwnsConnector),
        ]),
        new("API: a restored server", "",
        [
            Get("/api/podium/v1/restoration", View()),
            Post("/api/podium/v1/restoration/resume", Change()),
        ]),
        new("API: audit log", "",
        [
            Get("/api/podium/v1/audit", View()),
        ]),
        new("API, what is not there", "Answers that there is no such thing.",
        [
            new("*", "/api/{**path}", SignedIn),
        ]),
    ];

    /// <summary>Who may view: these, and who may view everything.</summary>
    public static Who View(params Role[] roles) => Of([.. roles, Role.SuperAdministrator, Role.ReadOnlyAdministrator]);

    /// <summary>Who may change: these, and Super Administrators.</summary>
    public static Who Change(params Role[] roles) => Of([.. roles, Role.SuperAdministrator]);

    /// <summary>Null when no line covers it, which is nobody.</summary>
    public static AccessRule? Find(string method, string route)
        => Sections.SelectMany(section => section.Rules).FirstOrDefault(rule => rule.Covers(method, route));

    public static AccessRule Get(string route, Who who, string? condition = null) => new("GET", route, who, condition);

    public static AccessRule Post(string route, Who who, string? condition = null) => new("POST", route, who, condition);

    public static AccessRule Put(string route, Who who, string? condition = null) => new("PUT", route, who, condition);

    public static AccessRule Delete(string route, Who who, string? condition = null) => new("DELETE", route, who, condition);

    /// <summary>A page that only shows.</summary>
    public static AccessRule Page(string route, Who who, string? condition = null) => Get(route, who, condition);

    /// <summary>A page whose forms post to itself: who may look may also try to post, and what is posted checks for itself.</summary>
    public static IEnumerable<AccessRule> PageWithForms(string route, Who who, string? condition = null) => [Get(route, who, condition), Post(route, who, condition)];
}

/// <param name="Title">The feature.</param>
/// <param name="Remark">What holds for all of it; empty for nothing.</param>
/// <param name="Rules">In order.</param>
internal sealed record AccessSection(string Title, string Remark, IReadOnlyList<AccessRule> Rules);
