using System.Net;
using Baton.Cli.Explorer.Serving;
using Baton.CommandLine;

namespace Baton.Cli.Explorer;

internal static class ExplorerCommand
{
    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "explorer",
        Summary = "Look at the sync in a browser: a page that only this machine can open",
        Handler = (invocation, cancellationToken) => RunAsync(invocation.Flags, host, cancellationToken),
    };

    private static async Task<int> RunAsync(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        await using var server = await ExplorerServer.StartAsync(new ExplorerOptions { Address = IPAddress.Loopback }, async c => await PageFiles.TrySendAsync(c), cancellationToken);
        await host.Output.WriteLineAsync(server.Address.ToString());
        await host.Output.FlushAsync(cancellationToken);
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        return 0;
    }
}
