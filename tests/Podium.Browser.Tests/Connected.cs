using System.Security.Cryptography.X509Certificates;
using Baton.Testing.Connectors;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors;
using Podium.Connectors.UseCases;
using Podium.Tests.Inventory;
using Podium.Tokens;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Podium.Browser.Tests;

/// <summary>A connector of the company, as the calls that it makes.</summary>
internal sealed class Connected : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Company _company;
    private readonly Connector _connector;
    private readonly X509Certificate2 _authority;

    public Connected(Company company, Connector connector, NewCredential credential)
    {
        (_company, _connector) = (company, connector);
        _authority = X509CertificateLoader.LoadCertificateFromFile(company.Server.Server.Folder.FilePath("ca.pem"));
        Raw = new(company.Server.Server.Address(Hosting.Listener.Public).Authority, credential.Credential.ClientId, credential.ClientSecret, _authority);
    }

    public RawConnector Raw { get; }

    public string Path => $"/connectors/{_connector.PublicId}";

    public long Id => _connector.Id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The address of the app that it reads.</summary>
    public async Task<string> AppAsync() => "/apps/" + await _company.Server.Database.ReadAsync(context
        => context.Set<Apps.App>().Where(app => app.Id == _connector.AppId).Select(app => app.PublicId).SingleAsync(Cancellation));

    /// <summary>Asks for a sync, and is the connector that does it.</summary>
    public async Task SyncAsync(UploadBuilder seen)
    {
        await _company.Server.Get<SyncNow>().RunAsync(Id, Actor.System, Cancellation);
        await TakeAndSendAsync(seen);
    }

    /// <summary>Takes the sync that somebody asked for, sends what it sees, and waits until it is decided.</summary>
    public async Task TakeAndSendAsync(UploadBuilder seen)
    {
        var task = await Raw.TakeAsync(BatonTask.TaskTypeOneofCase.SyncFull, Cancellation);
        var file = System.IO.Path.GetTempFileName();
        seen.Write(file);
        await Raw.UploadAsync(task.Id, await File.ReadAllBytesAsync(file, Cancellation), Cancellation);
        File.Delete(file);
        await Raw.FinishAsync(task.Id, Cancellation);
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (await _company.Server.Database.ReadAsync(context => context.Set<Sync>().AnyAsync(
            sync => sync.ConnectorId == Id && (sync.State == SyncState.Queued || sync.State == SyncState.Running || sync.State == SyncState.Received || sync.State == SyncState.Applying), Cancellation)))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public void Dispose()
    {
        Raw.Dispose();
        _authority.Dispose();
    }
}
