using Baton.C1z.Syncs;
using Baton.C1z.Writing;

namespace Baton.C1z;

/// <summary>What merging and comparing syncs needs of a working copy.</summary>
public sealed partial class C1zFile
{
    /// <summary>Starts the sync of a new file. What it is of is known when its sources are.</summary>
    internal SyncRun BeginMerge(string id) => Write(() => SyncLifeCycle.Begin(this, SyncType.Partial, id, parentId: "")).Run;

    /// <summary>Starts the sync that holds the difference to another one.</summary>
    internal SyncWriter BeginDifference(SyncRun from) => Write(() => SyncLifeCycle.Begin(this, SyncType.Partial, SyncId.New(Time.GetUtcNow()), from.Id));

    /// <summary>Closes the working copy and leaves it where it is, until this is disposed.</summary>
    /// <returns>The path of the database.</returns>
    internal string Release()
    {
        lock (_gate)
        {
            Access(database => database.Execute("COMMIT"));
            CloseDatabase();
            return _folder.DatabasePath;
        }
    }

    /// <summary>Makes the tables of another database known, as <c>source</c>.</summary>
    internal void Attach(string databasePath) => Access(database =>
    {
        database.Execute("COMMIT");
        database.Execute("ATTACH ?1 AS source", databasePath);
        database.Execute("BEGIN");
    });

    internal void Detach() => Access(database =>
    {
        database.Execute("COMMIT");
        database.Execute("DETACH source");
        database.Execute("BEGIN");
    });
}
