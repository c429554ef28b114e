using System.Text.Json.Nodes;

namespace Baton.Demo;

/// <summary>The Grafana as podium governs it: an app with a hosted connector, set up and read by podium's API alone.</summary>
internal sealed class GovernedGrafana
{
    private const string GrafanaConnector = "2u00PxhFPUJXX9oUwLlijnpIFME";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly PodiumApi _api;
    private readonly string _app;
    private readonly string _connector;

    private GovernedGrafana(PodiumApi api, string app, string connector) => (_api, _app, _connector) = (api, app, connector);

    /// <summary>The page of the app, below podium's address.</summary>
    public string AppPage => $"apps/{_app}";

    public static async Task<GovernedGrafana> ConnectAsync(PodiumApi api, Uri grafana, CancellationToken cancellationToken)
    {
        var app = await api.CallAsync("POST", "api/v1/apps", new JsonObject { ["displayName"] = "Grafana", ["description"] = "Dashboards of the whole company" }, cancellationToken);
        var appId = app["app"]!["id"]!.GetValue<string>();
        var settings = new JsonObject();
        foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hostname"] = grafana.ToString(),
            ["username"] = GrafanaServer.Administrator,
            ["password"] = GrafanaServer.Password,
            ["sync-service-account-tokens"] = "true",
        })
        {
            settings[name] = new JsonObject { ["stringValue"] = value };
        }

        var made = await api.CallAsync(
            "POST",
            $"api/v1/apps/{appId}/connectors/create",
            new JsonObject
            {
                ["catalogId"] = GrafanaConnector,
                ["displayName"] = "Grafana, production",
                ["config"] = new JsonObject { ["@type"] = "type.googleapis.com/c1.api.app.v1.EnvConfig", ["configuration"] = settings },
            },
            cancellationToken);
        var connector = made["connectorView"]!["connector"]!["id"]!.GetValue<string>();
        return new(api, appId, $"api/podium/v1/connectors/{connector}");
    }

    /// <summary>Waits for the sync that saving the settings began.</summary>
    /// <exception cref="DemoException">The connector failed.</exception>
    public async Task<JsonObject> FirstSyncAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await _api.GetAsync(_connector, cancellationToken);
            if (answer["details"]!["lastSync"] is JsonObject sync)
            {
                return sync;
            }

            if (answer["connector"]!["status"]!["lastError"]!.GetValue<string>() is { Length: > 0 } error)
            {
                throw new DemoException($"the first sync failed: {error}");
            }

            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Asks for a sync and waits until it is applied.</summary>
    /// <exception cref="DemoException">It came to another end.</exception>
    public async Task<JsonObject> SyncAsync(CancellationToken cancellationToken)
    {
        string? id = null;
        while (true)
        {
            // None is begun before the process has finished with the one before.
            id ??= (await _api.CallAsync("POST", $"{_connector}/syncs", null, cancellationToken))["sync"]?["id"]!.GetValue<string>();
            if (id is not null && (await _api.GetAsync($"{_connector}/syncs/{id}", cancellationToken))["sync"] is JsonObject sync)
            {
                switch (sync["state"]!.GetValue<string>())
                {
                    case "APPLIED":
                        return sync;
                    case "QUEUED" or "RUNNING" or "RECEIVED" or "APPLYING":
                        break;
                    case var other:
                        throw new DemoException($"a sync ended as {other}: {sync["reason"]}");
                }
            }

            await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>How much there is by podium's lists, walked to their ends.</summary>
    public async Task<Counts> CountAsync(CancellationToken cancellationToken)
    {
        var entitlements = await AllAsync($"api/podium/v1/apps/{_app}/entitlements?page_size=100", cancellationToken);
        long grants = 0;
        foreach (var entitlement in entitlements)
        {
            grants += (await AllAsync($"api/podium/v1/apps/{_app}/grants?page_size=100&entitlement_id={entitlement["appEntitlement"]!["id"]}", cancellationToken)).Count;
        }

        return new((await AllAsync($"api/podium/v1/apps/{_app}/accounts?page_size=100", cancellationToken)).Count, entitlements.Count, grants);
    }

    /// <summary>What changed since the first sync, the newest first.</summary>
    public Task<List<JsonObject>> ChangesAfterAsync(JsonObject sync, CancellationToken cancellationToken)
        => AllAsync($"api/podium/v1/apps/{_app}/changes?page_size=100&kind=GRANT_BEGUN,GRANT_ENDED,ACCOUNT_BEGUN,ACCOUNT_ENDED&from={AfterOf(sync)}", cancellationToken);

    /// <summary>How many accounts there were when that sync was made.</summary>
    public async Task<long> AccountsAsOfAsync(JsonObject sync, CancellationToken cancellationToken)
        => long.Parse(
            (await _api.GetAsync($"api/podium/v1/apps/{_app}/counts?as_of={sync["asOf"]}", cancellationToken))["counts"]!["accounts"]!.GetValue<string>(),
            System.Globalization.CultureInfo.InvariantCulture);

    // What the sync itself brought began at its moment.
    private static string AfterOf(JsonObject sync) => sync["endedAt"]!.GetValue<string>();

    private async Task<List<JsonObject>> AllAsync(string path, CancellationToken cancellationToken)
    {
        List<JsonObject> rows = [];
        for (var token = ""; ;)
        {
            var page = await _api.GetAsync($"{path}&page_token={token}", cancellationToken);
            rows.AddRange(page["list"]!.AsArray().Select(row => row!.AsObject()));
            token = page["nextPageToken"]!.GetValue<string>();
            if (token.Length == 0)
            {
                return rows;
            }
        }
    }
}
