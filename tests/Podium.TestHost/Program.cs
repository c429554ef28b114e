// podium as a process that tests may kill: the server as it is, with short times, told on standard input what a person would press.
// Arguments: the folder, the port, and for PostgreSQL the connection string and the file of the wrapping key. Every command is answered by one line.
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Connectors.Hosted;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;

var options = new ServerOptions
{
    DataDirectory = args[0],
    Listen = new(IPAddress.Loopback, int.Parse(args[1], CultureInfo.InvariantCulture)),
    ListenHealth = null,
    Database = args.ElementAtOrDefault(2),
    KeyFile = args.ElementAtOrDefault(3),
};
await using var server = await PodiumServer.StartAsync(
    options,
    builder => builder.Services.Replace(ServiceDescriptor.Singleton(new ConnectorServiceOptions { Heartbeat = TimeSpan.FromSeconds(1), Hold = TimeSpan.FromSeconds(2) })),
    CancellationToken.None);
var database = server.Services.GetRequiredService<Database>();
Console.WriteLine("ready");
while (Console.ReadLine() is { } line)
{
    Console.WriteLine(await AnswerAsync(line.Split(' ')));
}

async Task<string> AnswerAsync(string[] words)
{
    switch (words)
    {
        case ["elsewhere"]:
            var connector = await AddAsync(ConnectorCatalog.BatonId);
            var made = await server.Services.GetRequiredService<RotateCredential>().RunAsync(connector.Id, null, Actor.System, CancellationToken.None);
            return $"credential {made.Credential.ClientId} {made.ClientSecret}";
        case ["hosted", var address, var user, var password]:
            await server.Services.GetRequiredService<SaveConnectorSettings>().RunAsync(
                (await AddAsync(ConnectorCatalog.GrafanaId)).Id,
                new Dictionary<string, string> { ["hostname"] = address, ["username"] = user, ["password"] = password },
                Actor.System,
                CancellationToken.None);
            return "hosted";
        case ["sync"]:
            foreach (var id in await database.ReadAsync(context => context.Set<Connector>().Select(one => one.Id).ToListAsync()))
            {
                await server.Services.GetRequiredService<SyncNow>().RunAsync(id, Actor.System, CancellationToken.None);
            }

            return "synced";
        case ["child"]:
            var hosted = await database.ReadAsync(context => context.Set<Connector>().Where(one => one.Hosting == ConnectorHosting.Hosted).Select(one => one.Id).FirstAsync());
            return $"child {server.Services.GetRequiredService<HostedConnectors>().ProcessId(hosted) ?? 0}";
        default:
            return "unknown";
    }
}

Task<Connector> AddAsync(string catalogId) => server.Services.GetRequiredService<AddConnector>()
    .RunAsync(new() { CatalogId = catalogId, DisplayName = $"{catalogId} {Guid.NewGuid():N}" }, Actor.System, CancellationToken.None);
