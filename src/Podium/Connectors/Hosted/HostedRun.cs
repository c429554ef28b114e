using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Connectors.Catalog;
using Podium.Connectors.UseCases;
using Podium.Data;
using Podium.Hosting;
using Podium.Hosting.Authority;
using Podium.Tokens;

namespace Podium.Connectors.Hosted;

/// <summary>
/// Prepares a process of a connector and cleans up after it: a credential of its own, which ends with it, and a folder with its settings.
/// </summary>
internal sealed class HostedRun(
    Database database,
    ConnectorCatalog catalog,
    SettingsVault vault,
    ClientCredentials credentials,
    RevokeCredential revoke,
    WorkSignal signal,
    ChildStarter starter,
    DataFolder folder,
    IServerCertificate certificate,
    ListeningAddresses addresses,
    LineStore lines,
    TimeProvider clock)
{
    /// <exception cref="Refusal">It cannot be started; why, and what to do.</exception>
    public async Task<(HostedChild Child, ConnectorRun Run)> StartAsync(Connector connector, CancellationToken cancellationToken)
    {
        var entry = catalog.Find(connector.CatalogId);
        var executable = entry?.Executable ?? throw new Refusal("The connector's executable is not on this machine: put it into --catalog, or beside podium.");
        var schema = await catalog.SchemaAsync(entry, cancellationToken);
        var settings = vault.Open(connector.PublicId, connector.ProtectedSettings!);
        var (run, credential) = await BeginAsync(connector, cancellationToken);
        var secrets = ChildConfiguration.Secrets(settings, schema).Append(credential.ClientSecret).ToList();
        var files = ChildFolder.Create(folder, $"{run.Id}");
        try
        {
            files.WriteAuthorities(certificate.AuthorityPem);
            files.WriteConfiguration(Configuration(settings, schema, credential));
            var child = await HostedChild.StartAsync(
                starter, executable, files, start => SetEnvironment(start, executable, files), line => lines.Add(connector.Id, run.Id, line, secrets));
            return (child, run);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Ends the credential with the process: what it had in hand is given to the next one at once.</summary>
    public async Task EndAsync(ConnectorRun run, int? exitCode, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async context =>
            {
                await context.LockAsync<Connector>(run.ConnectorId, cancellationToken);
                await revoke.RevokeAsync(context, run.CredentialId, cancellationToken);
                Moment? now = clock.Now();
                await context.Set<ConnectorRun>().Where(one => one.Id == run.Id && one.EndedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now).SetProperty(one => one.ExitCode, exitCode), cancellationToken);
            },
            cancellationToken);
        await signal.AnnounceAsync(run.ConnectorId, cancellationToken);
    }

    private Task<(ConnectorRun Run, NewCredential Credential)> BeginAsync(Connector connector, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            await context.LockAsync<Connector>(connector.Id, cancellationToken);
            // Of a process that was killed with its server nothing else tells that it ended.
            foreach (var old in await context.Set<ClientCredential>().Where(one => one.ConnectorId == connector.Id && one.RevokedAt == null).Select(one => one.Id).ToListAsync(cancellationToken))
            {
                await revoke.RevokeAsync(context, old, cancellationToken);
            }

            Moment? now = clock.Now();
            await context.Set<ConnectorRun>().Where(one => one.ConnectorId == connector.Id && one.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now), cancellationToken);
            var made = credentials.Create(context, ClientCredentialOwner.Connector(connector.Id), "hosted", createdBy: null, life: null);
            await context.SaveChangesAsync(cancellationToken);
            var run = new ConnectorRun { ConnectorId = connector.Id, CredentialId = made.Credential.Id, StartedAt = now.Value };
            context.Add(run);
            context.Audit(now.Value, "connector.started", Actor.System, connector.Subject());
            await context.SaveChangesAsync(cancellationToken);
            return (run, made);
        },
        cancellationToken);

    private static Dictionary<string, object> Configuration(IReadOnlyDictionary<string, string> settings, CatalogSchema schema, NewCredential credential)
    {
        var configuration = ChildConfiguration.Of(settings, schema);
        configuration["client-id"] = credential.Credential.ClientId;
        configuration["client-secret"] = credential.ClientSecret;
        // Who may change what is decided here, before anything is sent.
        configuration["provisioning"] = true;
        return configuration;
    }

    private void SetEnvironment(ProcessStartInfo start, string executable, ChildFolder files)
    {
        ChildConfiguration.SetEnvironment(start, executable, files);
        // The tokens are for the host of the client id; the calls go to the listener that only this machine reaches.
        start.Environment["BATON_C1_API_HOST"] = addresses.Of(Listener.Children).Authority;
        start.Environment["BATON_HOST_ID"] = "podium";
    }
}
