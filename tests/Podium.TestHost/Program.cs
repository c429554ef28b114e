// podium as a process that tests may kill: the server as it is, with short times, told on standard input what a person would press.
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;

var (folder, port) = (args[0], int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture));
var options = new ServerOptions { DataDirectory = folder, Listen = new(IPAddress.Loopback, port), ListenHealth = null };
await using var server = await PodiumServer.StartAsync(
    options,
    builder => builder.Services.Replace(ServiceDescriptor.Singleton(new ConnectorServiceOptions { Heartbeat = TimeSpan.FromSeconds(1), Hold = TimeSpan.FromSeconds(2) })),
    CancellationToken.None);
var database = server.Services.GetRequiredService<Database>();
if (!await database.ReadAsync(context => context.Set<Connector>().AnyAsync()))
{
    var connector = await server.Services.GetRequiredService<AddConnector>()
        .RunAsync(new() { CatalogId = ConnectorCatalog.BatonId, DisplayName = "Killed" }, Actor.System, CancellationToken.None);
    var made = await server.Services.GetRequiredService<RotateCredential>().RunAsync(connector.Id, null, Actor.System, CancellationToken.None);
    Console.WriteLine($"credential {made.Credential.ClientId} {made.ClientSecret}");
}

Console.WriteLine("ready");
while (Console.ReadLine() is { } line)
{
    if (line == "sync")
    {
        var id = await database.ReadAsync(context => context.Set<Connector>().Select(connector => connector.Id).SingleAsync());
        await server.Services.GetRequiredService<SyncNow>().RunAsync(id, Actor.System, CancellationToken.None);
    }
}
