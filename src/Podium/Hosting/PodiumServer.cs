using Podium.AccessLog;
using Podium.Api;
using Podium.Apps;
using Podium.Apps.Api;
using Podium.Audit;
using Podium.Backups;
using Podium.Connectors;
using Podium.Connectors.Api;
using Podium.Data;
using Podium.Freezing;
using Podium.Hosting.Authority;
using Podium.Hosting.Keys;
using Podium.Inventory;
using Podium.Look;
using Podium.People;
using Podium.People.Api;
using Podium.SignIn;
using Podium.SignIn.Access;
using Podium.SignIn.Api;
using Podium.Telemetry;
using Podium.Tokens;
using Podium.Wire;

namespace Podium.Hosting;

/// <summary>One server, composed: what <c>podium serve</c> runs, and what tests run on real sockets with a clock of their own.</summary>
internal sealed class PodiumServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly DataFolder _folder;

    private PodiumServer(WebApplication application, DataFolder folder)
    {
        _application = application;
        _folder = folder;
    }

    public IServiceProvider Services => _application.Services;

    public DataFolder Folder => _folder;

    public IServerCertificate Certificate => Services.GetRequiredService<IServerCertificate>();

    /// <summary>Brings the database up to date, then listens.</summary>
    /// <param name="configure">Last word on what is composed: tests give a clock, a logger.</param>
    /// <exception cref="StartupException">What it was given does not do.</exception>
    public static async Task<PodiumServer> StartAsync(ServerOptions options, Action<WebApplicationBuilder>? configure, CancellationToken cancellationToken)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
        {
            throw new StartupException(problem);
        }

        UnicodeTables.Check();
        var folder = DataFolder.Open(options.DataDirectory);
        try
        {
            var application = Compose(options, folder, configure);
            var server = new PodiumServer(application, folder);
            await application.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            await application.Services.GetRequiredService<ServerKeys>().CheckAsync(cancellationToken);
            await application.Services.GetRequiredService<Voiding>().RunAsync(name => File.Exists(Path.Combine(folder.Uploads, name)), cancellationToken);
            await application.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens, once it does.</summary>
    public Uri Address(Listener listener) => Services.GetRequiredService<ListeningAddresses>().Of(listener);

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops in order; what is still to be read of it stays until it is disposed of.</summary>
    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Compose(ServerOptions options, DataFolder folder, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "podium", ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(folder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ListeningAddresses>();
        builder.Services.AddSingleton<IServerCertificate>(provider => options.Certificate is { } given
            ? new GivenCertificate(given.CertificateFile, given.KeyFile)
            : CertificateAuthority.Open(folder, options.PublicUrl.Host, TimeProvider.System));
        builder.Services.AddRoutingCore();
        builder.Services.AddData(options.DatabaseOptions);
        builder.Services.AddKeys(options);
        builder.Services.AddAudit();
        builder.Services.AddPeople();
        builder.Services.AddSignIn();
        builder.Services.AddApi();
        builder.Services.AddSingleton<AppList>();
        builder.Services.AddSingleton<AddApp>();
        builder.Services.AddPages();
        builder.Services.AddTokens();
        builder.Services.AddFreezing();
        builder.Services.AddTelemetry(options.Telemetry);
        builder.Services.AddAccessLog();
        builder.Services.AddBackups();
        builder.Services.AddConnectors(options);
        builder.Services.AddConnectorService();
        builder.Services.AddInventory();
        builder.AddListeners(options);
        configure?.Invoke(builder);

        var application = builder.Build();
        application.UseListeners();
        application.UseTrustedProxies(options);
        application.UseRequestTelemetry();
        application.UseAccessLog();
        application.UseSecurityHeaders();
        application.UseErrorAnswers();
        application.UseErrorPages();
        application.UseRouting();
        application.UseSameOrigin();
        application.UseCallerIdentification();
        application.UseAccessGate();
        application.UseFreezeGate();
        application.UseAntiforgery();
        application.MapHealth();
        application.MapMetrics();
        application.MapPages();
        application.MapPeople();
        application.MapPersonalClients();
        application.MapApps();
        application.MapConnectors();
        application.MapAudit();
        application.MapFreezing();
        application.MapTokens();
        application.MapConnectorService();
        application.MapApiEnd();
        return application;
    }
}
