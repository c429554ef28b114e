using System.Diagnostics;
using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Grafana;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Benchmarks;

/// <summary>The parts of a sync, each by itself.</summary>
internal sealed class Parts(Subject subject, Uri grafana)
{
    /// <summary>Requests, JSON, and the messages made of it; nothing is stored unless asked for.</summary>
    public async Task<(TimeSpan Time, Rows? Rows)> FetchAsync(bool keep)
    {
        await using var connector = GrafanaConnector.Create(
            new GrafanaOptions { Hostname = grafana.ToString(), Username = "admin", Password = "admin" },
            new ConnectorContext { Loggers = NullLoggerFactory.Instance });
        await connector.ValidateAsync(CancellationToken.None);
        var request = new PageRequest(new NoSync());
        var resources = new List<Resource>();
        var grants = new List<Grant>();

        var began = Stopwatch.GetTimestamp();
        var users = connector.Syncers.Single(syncer => syncer.Type.Id == "user");
        await foreach (var page in users.ListResourcesAsync(parent: null, request, CancellationToken.None))
        {
            resources.AddRange(keep ? page.Items : []);
        }

        var organizations = connector.Syncers.Single(syncer => syncer.Type.Id == "org");
        await foreach (var page in organizations.ListResourcesAsync(parent: null, request, CancellationToken.None))
        {
            foreach (var organization in page.Items)
            {
                await foreach (var slice in ((IGrantSyncer)organizations).ListGrantsAsync(organization, request, CancellationToken.None))
                {
                    grants.AddRange(keep ? slice.Items : []);
                }
            }
        }

        return (Stopwatch.GetElapsedTime(began), keep ? new Rows(resources, grants) : null);
    }

    /// <summary>Messages to a file: encoding and insertion, settling, saving.</summary>
    public StoreTimes Store(Rows rows)
    {
        using var file = C1zFile.OpenWrite(subject.NewFile("store.c1z"));
        using var writer = file.BeginSync(SyncType.Full);
        GC.Collect();

        var began = Stopwatch.GetTimestamp();
        foreach (var page in rows.Resources.Chunk(1000))
        {
            writer.Put(page);
        }

        foreach (var page in rows.Grants.Chunk(1000))
        {
            writer.Put(page);
        }

        var put = Stopwatch.GetElapsedTime(began);
        writer.End();
        var settled = Stopwatch.GetElapsedTime(began);
        file.Save();
        return new(put, settled - put, Stopwatch.GetElapsedTime(began) - settled);
    }

    private sealed class NoSync : ISyncContext
    {
        public string SyncId => "";

        public int Parallelism => 8;

        public bool IsSelected(string resourceTypeId) => true;

        public bool IsRequested(string resourceTypeId) => false;

        public void Warn(string text)
        {
            // A measurement has nobody to warn.
        }

        public Task<T> OnceAsync<T>(string key, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
            where T : class
            => make(cancellationToken);
    }
}

internal readonly record struct StoreTimes(TimeSpan Put, TimeSpan Settle, TimeSpan Save);
