using System.Net;
using Baton.CommandLine;

namespace Podium.Hosting;

internal static class ServeCommand
{
    private static readonly StringFlag Data = new("data", "The folder of database, keys and uploads", "podium-data");
    private static readonly StringFlag Listen = new("listen", "Address and port of pages, API and connectors' service", "127.0.0.1:8443");
    private static readonly StringFlag ListenHealth = new("listen-health", "Address and port of health and metrics; empty for none", "127.0.0.1:8081");
    private static readonly StringFlag PublicUrl = new("public-url", "What people and connectors call", "https://127.0.0.1:8443");

    public static CommandDefinition Definition { get; } = new()
    {
        Name = "serve",
        Summary = "Run the server",
        Flags = [Data, Listen, ListenHealth, PublicUrl],
        Handler = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        var options = new ServerOptions
        {
            DataDirectory = flags.Get(Data),
            Listen = EndPoint(Listen, flags),
            ListenHealth = flags.Get(ListenHealth).Length == 0 ? null : EndPoint(ListenHealth, flags),
            PublicUrl = Uri.TryCreate(flags.Get(PublicUrl), UriKind.Absolute, out var url) ? url : throw new UsageException("--public-url is no URL"),
        };
        await using var server = await PodiumServer.StartAsync(options, configure: null, cancellationToken);
        await invocation.Output.WriteLineAsync($"podium serves {options.PublicUrl} from {server.Folder.Path}");
        await server.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static IPEndPoint EndPoint(StringFlag flag, FlagValues flags)
        => IPEndPoint.TryParse(flags.Get(flag), out var endPoint) ? endPoint : throw new UsageException($"--{flag.Name} must be ADDRESS:PORT, for example 0.0.0.0:8443");
}
