using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Sync;
using Baton.Sdk.Tests.Logging;
using Microsoft.Extensions.Time.Testing;
using SQLitePCL;
using ZstdSharp;

namespace Baton.Sdk.Tests.Sync;

/// <summary>Syncs scripted connectors into a real file of a folder of its own, and reads it back.</summary>
internal sealed class SyncRig : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-sync-");

    public SyncRig()
    {
        Output = Path.Combine(_folder.FullName, "sync.c1z");
        Options = new SyncOptions
        {
            OutputPath = Output,
            Source = "scripted",
            File = new C1zOptions { TemporaryFolder = _folder.CreateSubdirectory("tmp").FullName, Time = Time },
        };
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The clock of the engine; the rig's own unless a test gives another.</summary>
    public TimeProvider? EngineTime { get; set; }

    public LogCapture Log { get; } = new();

    public SyncOptions Options { get; set; }

    public string Output { get; }

    public string Partial => Output + ProgressFile.Suffix;

    public string Folder => _folder.FullName;

    public async Task<SyncSummary> RunAsync(IConnector connector, CancellationToken? cancellation = null)
        => await Runner(connector).RunAsync(cancellation ?? TestContext.Current.CancellationToken);

    public SyncRunner Runner(IConnector connector) => new(connector, Options, EngineTime ?? Time, Log.Logger);

    public Task<T> FailsAsync<T>(IConnector connector)
        where T : Exception
        => Assert.ThrowsAsync<T>(() => RunAsync(connector));

    /// <summary>What a reader sees of the newest sync in the output, or in another file.</summary>
    public T Read<T>(Func<SyncReader, T> read, string? path = null)
    {
        using var file = C1zFile.OpenRead(path ?? Output, Options.File);
        return read(file.Read(file.Syncs.All()[^1]));
    }

    public IReadOnlyList<SyncRun> Syncs()
    {
        using var file = C1zFile.OpenRead(Output, Options.File);
        return file.Syncs.All();
    }

    public IReadOnlyList<string> Resources() => Read(reader => reader.Resources().Select(resource => $"{resource.Id.ResourceType}:{resource.Id.Resource}").ToList());

    public IReadOnlyList<string> Entitlements() => Read(reader => reader.Entitlements().Select(entitlement => entitlement.Id).ToList());

    public IReadOnlyList<string> Grants() => Read(reader => reader.Grants().Select(grant => grant.Id).ToList());

    public Grant Grant(string id) => Read(reader => reader.FindGrant(id)) ?? throw new KeyNotFoundException(id);

    /// <summary>A column of a sync in the output, which readers do not show.</summary>
    public string Column(string syncId, string column)
    {
        var database = Path.Combine(_folder.FullName, "unpacked.db");
        using (var packed = File.OpenRead(Output))
        using (var unpacked = File.Create(database))
        {
            packed.Position = "C1ZF\0".Length;
            using var zstd = new DecompressionStream(packed);
            zstd.CopyTo(unpacked);
        }

        raw.sqlite3_open(database, out var connection);
        using (connection)
        {
            raw.sqlite3_prepare_v2(connection, $"SELECT {column} FROM v1_sync_runs WHERE sync_id = '{syncId}'", out var statement);
            using (statement)
            {
                raw.sqlite3_step(statement);
                return raw.sqlite3_column_text(statement, 0).utf8_to_string();
            }
        }
    }

    /// <summary>Every row of the newest sync in text, in an order that says nothing about when they were written.</summary>
    public IReadOnlyList<string> Rows(string? path = null) => Read(
        reader => reader.ResourceTypes().Select(type => $"{type}")
            .Concat(reader.Resources().Select(resource => $"{resource}"))
            .Concat(reader.Entitlements().Select(entitlement => $"{entitlement}"))
            .Concat(reader.GrantsWithExpansion().Select(row => $"{row.Grant} {row.Expansion}"))
            .Order(StringComparer.Ordinal)
            .ToList(),
        path);

    public void Dispose()
    {
        Log.Dispose();
        _folder.Delete(recursive: true);
    }
}
