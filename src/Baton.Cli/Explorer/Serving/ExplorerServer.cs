using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Baton.Cli.Explorer.Serving;

/// <summary>The web server of one run: on the loopback interface, behind the gate, until disposed.</summary>
internal sealed class ExplorerServer : IAsyncDisposable
{
    /// <summary>How long requests that are under way may take when the server stops. Whoever presses Ctrl-C waits for nothing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _application;

    private ExplorerServer(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>The address to open, the token in it.</summary>
    public Uri Address { get; }

    /// <exception cref="CliException">The port is taken, or not to be had.</exception>
    public static async Task<ExplorerServer> StartAsync(ExplorerOptions options, RequestDelegate handler, CancellationToken cancellationToken)
    {
        var token = RunToken.Create();

        // The empty builder reads no settings, neither of the environment nor of files in the current folder, which may be a stranger's.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(options.Address, options.Port);
        });

        // Signals are the program's own, see Program.cs.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
        var application = builder.Build();
        application.Run(new RequestGate(token, handler).HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception refusal) when (refusal is IOException { InnerException: AddressInUseException } or SocketException)
        {
            await application.DisposeAsync();
            throw new CliException(Explain(refusal, options));
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new(application, new Uri($"{addresses.Single()}/{token.Text}/"));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static string Explain(Exception refusal, ExplorerOptions options)
    {
        var place = new IPEndPoint(options.Address, options.Port);
        return refusal is SocketException { SocketErrorCode: not SocketError.AddressAlreadyInUse } other
            ? $"cannot listen on {place}: {other.Message} (without --port, a free port is chosen)"
            : $"{place} is in use by another program; give another --port, or none to have a free one chosen";
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
