using System.Diagnostics;
using Baton.C1z.Container;
using Baton.C1z.Schema;
using Baton.C1z.Sqlite;
using Google.Protobuf;

namespace Baton.Benchmarks;

/// <summary>
/// The least that a file of these rows can cost: rows that are encoded already, prepared statements, one transaction, indexes after the
/// load, compression. Nothing is fetched, checked or transformed.
/// </summary>
internal static class Floor
{
    private const string Sync = "3MVKYYW1U74I73p8mknOwhVO8P9";
    private const string Now = "2026-11-23 10:40:25.1647087";

    public static FloorTimes Run(Subject subject, Rows rows)
    {
        var resources = rows.Resources.Select(resource => resource.ToByteArray()).ToArray();
        var grants = rows.Grants.Select(grant => grant.ToByteArray()).ToArray();
        var path = subject.NewFile("floor.db");
        GC.Collect();

        var began = Stopwatch.GetTimestamp();
        using (var database = SqliteDatabase.Open(path))
        {
            database.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
            C1zSchema.CreateOrMigrate(database);
            C1zSchema.Resources.DropIndexes(database);
            C1zSchema.Grants.DropIndexes(database);
            Insert(database, rows, resources, grants);
            var inserted = Stopwatch.GetElapsedTime(began);
            C1zSchema.Resources.CreateIndexes(database);
            C1zSchema.Grants.CreateIndexes(database);
            database.Execute("COMMIT");
            var indexed = Stopwatch.GetElapsedTime(began);
            database.Dispose();
            using var output = OutputFile.Claim(subject.NewFile("floor.c1z"));
            output.Save(path);
            return new(inserted, indexed - inserted, Stopwatch.GetElapsedTime(began) - indexed);
        }
    }

    private static void Insert(SqliteDatabase database, Rows rows, byte[][] resources, byte[][] grants)
    {
        using var resource = database.Prepare(
            "INSERT INTO v1_resources (resource_type_id, external_id, data, sync_id, discovered_at) VALUES (?1, ?2, ?3, ?4, ?5)");
        for (var i = 0; i < resources.Length; i++)
        {
            resource.Bind(1, "user");
            resource.Bind(2, $"user:{rows.Resources[i].Id.Resource}");
            resource.BindBlob(3, resources[i]);
            resource.Bind(4, Sync);
            resource.Bind(5, Now);
            resource.Run();
        }

        using var grant = database.Prepare(
            "INSERT INTO v1_grants (resource_type_id, resource_id, entitlement_id, principal_resource_type_id, principal_resource_id, external_id, "
            + "data, sync_id, discovered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        for (var i = 0; i < grants.Length; i++)
        {
            var message = rows.Grants[i];
            grant.Bind(1, "org");
            grant.Bind(2, message.Entitlement.Resource.Id.Resource);
            grant.Bind(3, message.Entitlement.Id);
            grant.Bind(4, "user");
            grant.Bind(5, message.Principal.Id.Resource);
            grant.Bind(6, message.Id);
            grant.BindBlob(7, grants[i]);
            grant.Bind(8, Sync);
            grant.Bind(9, Now);
            grant.Run();
        }
    }
}

internal readonly record struct FloorTimes(TimeSpan Insert, TimeSpan Index, TimeSpan Compress)
{
    public TimeSpan Total => Insert + Index + Compress;
}
