using Baton.C1z.Container;
using Baton.C1z.Sqlite;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;

namespace Baton.C1z;

/// <summary>What is done with files as a whole: copies, and the upkeep of those that are there.</summary>
public sealed partial class C1zFile
{
    private const string UnpackedName = "database";

    private static ReadOnlySpan<byte> DatabaseMagic => "SQLite format 3\0"u8;

    /// <summary>Checks that there is a file to open.</summary>
    /// <exception cref="C1zException">There is none, or it is not one that can be read.</exception>
    public static void RequireReadable(string path) => C1zMagic.RequireReadable(path);

    /// <summary>Checks that there is a file to change, before a claim on its place leaves traces beside it.</summary>
    /// <exception cref="C1zException">There is none, or it is not one that can be written.</exception>
    public static void RequireWritable(string path) => C1zMagic.RequireWritable(path);

    /// <summary>Writes one sync into a file of its own, complete or not at all. The working copy is closed by it.</summary>
    /// <exception cref="C1zException">The sync has not ended, or the file cannot be written.</exception>
    public SavedFile SaveSync(SyncRun run, string path)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!run.IsFinished)
        {
            throw new C1zException(C1zError.NoSuchSync, $"sync {run.Id} in {Path} has not ended; only a finished sync can stand alone");
        }

        var isAlone = Syncs.All().Count == 1;
        lock (_gate)
        {
            using var output = OutputFile.Claim(path);
            Access(database => database.Execute("COMMIT"));
            CloseDatabase();
            var source = isAlone ? _folder.DatabasePath : CopyOf(run);
            return new SavedFile(path, new FileInfo(source).Length, output.Save(source));
        }
    }

    /// <summary>Rewrites the working copy without the room that deleted rows left, in the order of its tables.</summary>
    public void Compact()
    {
        RequireOutput();
        Access(database =>
        {
            database.Execute("COMMIT");
            database.Execute("VACUUM");
            database.Execute("BEGIN");
        });
    }

    /// <summary>Counts a sync anew, and stores the counts with it.</summary>
    public SyncStats RecalculateStats(SyncRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RequireOutput();
        return Access(database =>
        {
            var stats = SyncStats.Count(database, run);
            database.Execute("UPDATE v1_sync_runs SET stats = ?1 WHERE sync_id = ?2", stats.ToJson(), run.Id);
            return stats;
        });
    }

    /// <summary>
    /// Unpacks the database inside a file as it is, for whoever wants to look into it with other tools; of a v3 file, the one made of its
    /// records.
    /// </summary>
    /// <param name="databasePath">Replaced when it is there, in one step.</param>
    /// <exception cref="C1zException">The file cannot be read, or the database not be written.</exception>
    public static void UnpackDatabase(string path, string databasePath, C1zOptions? options = null)
    {
        options ??= new();
        C1zMagic.RequireReadable(path);
        var folder = PrivateFile.PathFor(databasePath);
        var temporary = System.IO.Path.Combine(folder, UnpackedName);
        try
        {
            MakePrivateFolder(folder, temporary);
            if (C1zMagic.Detect(path) == C1zFormat.V3)
            {
                CopyDatabase(path, temporary, options);
            }
            else
            {
                ContainerReader.Unpack(path, temporary, options.Limits);
                RequireDatabase(path, temporary);
            }

            File.Move(temporary, databasePath, overwrite: true);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new C1zException(C1zError.NotWritable, $"cannot write {databasePath}: {refusal.Message}", refusal);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                File.Delete(temporary);
                Directory.Delete(folder);
            }
        }
    }

    // What a killed process left is taken away first; a folder with anything else in it is somebody else's, and stays.
    private static void MakePrivateFolder(string folder, string temporary)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(temporary);
            Directory.Delete(folder);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void CopyDatabase(string path, string databasePath, C1zOptions options)
    {
        using var file = OpenRead(path, options);
        file.Access(database => database.Execute("COMMIT"));
        lock (file._gate)
        {
            file.CloseDatabase();
        }

        File.Copy(file._folder.DatabasePath, databasePath);
    }

    private static void RequireDatabase(string path, string databasePath)
    {
        Span<byte> head = stackalloc byte[DatabaseMagic.Length];
        using var file = File.OpenRead(databasePath);
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.SequenceEqual(DatabaseMagic))
        {
            throw new C1zException(C1zError.Corrupt, $"{path} is damaged: what is packed in it is not a SQLite database");
        }
    }

    private string CopyOf(SyncRun run)
    {
        var copy = System.IO.Path.Combine(_folder.Path, "copy");
        try
        {
            SyncCopy.Write(_folder.DatabasePath, copy, run.Id);
            return copy;
        }
        catch (SqliteException refusal)
        {
            throw Explain(refusal, Path, _folder.Path);
        }
    }
}
