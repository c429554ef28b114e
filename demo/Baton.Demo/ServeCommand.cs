using System.Net;
using System.Net.Sockets;
using Baton.CommandLine;
using Baton.Testing.Grafana;
using Microsoft.AspNetCore.Connections;

namespace Baton.Demo;

/// <summary>A Grafana to try the connector against, small and believable or as large as wished.</summary>
internal static class ServeCommand
{
    private const int MostLatency = 60_000;

    private static readonly IntegerFlag Port = new("port", "The port to listen on; 0 for any free one", 3000);
    private static readonly IntegerFlag Users = new("users", "How many accounts to make up instead of the demo's dozen");
    private static readonly IntegerFlag Organizations = new("organizations", "How many organizations to make up", 1);
    private static readonly IntegerFlag Latency = new("latency", "Milliseconds that every answer takes longer");
    private static readonly StringFlag Release = new("release", "The Grafana release to behave like, for example 6.5, 7.5 or 12.1", "11.3");

    public static CommandDefinition Definition { get; } = new()
    {
        Name = "serve",
        Summary = "Serve a made-up Grafana until interrupted",
        Flags = [Port, Users, Organizations, Latency, Release],
        Handler = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        var options = Options(flags);
        var (grafana, token) = await StartAsync(options, flags, cancellationToken);
        await using (grafana)
        {
            await invocation.Output.WriteLineAsync($"Grafana {flags.Get(Release)} at {grafana.BaseAddress}, server administrator {options.AdminLogin}, password {options.AdminPassword}");
            if (token is not null)
            {
                await invocation.Output.WriteLineAsync($"Service account token: {token}");
            }

            await invocation.Output.WriteLineAsync("Ctrl-C ends it.");
            var interrupted = new TaskCompletionSource();
            await using var registration = cancellationToken.Register(interrupted.SetResult);
            await interrupted.Task;
        }

        return 0;
    }

    private static FakeGrafanaOptions Options(FlagValues flags)
    {
        var (port, latency, release) = (flags.Get(Port), flags.Get(Latency), flags.Get(Release));
        return new()
        {
            Port = port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                ? (int)port
                : throw new UsageException($"invalid port: {port} (valid: 0 to {IPEndPoint.MaxPort})"),
            Latency = latency is >= 0 and <= MostLatency
                ? TimeSpan.FromMilliseconds(latency)
                : throw new UsageException($"invalid latency: {latency} (valid: 0 to {MostLatency} milliseconds)"),
            Version = Parse(release),
        };
    }

    private static GrafanaVersion Parse(string release)
    {
        try
        {
            return GrafanaVersion.Parse(release);
        }
        catch (Exception nonsense) when (nonsense is FormatException or OverflowException)
        {
            throw new UsageException($"invalid release: {release} (valid: a number such as 6.5 or 12.1)");
        }
    }

    // Kestrel wraps an address in use, and nothing else.
    private static async Task<(FakeGrafana Grafana, string? Token)> StartAsync(FakeGrafanaOptions options, FlagValues flags, CancellationToken cancellationToken)
    {
        try
        {
            return flags.Get(Users) > 0 ? (await PopulatedAsync(options, flags, cancellationToken), null) : await DemoGrafana.StartAsync(options, cancellationToken);
        }
        catch (Exception refusal) when (refusal is SocketException or IOException { InnerException: AddressInUseException })
        {
            var why = refusal is SocketException socket ? socket.Message : "it is in use";
            throw new UsageException($"cannot listen on port {options.Port}: {why}; choose another one with --port, or 0 for any free one");
        }
    }

    private static async Task<FakeGrafana> PopulatedAsync(FakeGrafanaOptions options, FlagValues flags, CancellationToken cancellationToken)
    {
        var grafana = await FakeGrafana.StartAsync(options, cancellationToken);
        grafana.Populate(users: (int)flags.Get(Users), organizations: (int)flags.Get(Organizations));
        return grafana;
    }
}
