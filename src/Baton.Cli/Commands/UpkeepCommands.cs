using Baton.C1z;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>What is done with the file itself. These are the only commands that write it: in one step, or not at all.</summary>
internal static class UpkeepCommands
{
    private static readonly StringFlag Out = new("out", "where to write the database", "./sync.db");

    public static CommandDefinition DumpDatabase(ProgramHost host) => new()
    {
        Name = "dump-db",
        Summary = "Write the SQLite database inside the file, as it is (of a v3 file, one made of its records)",
        Hidden = true,
        Flags = [Out],
        Handler = (invocation, _) =>
        {
            var options = GlobalFlags.ReadForFile(invocation.Flags, host.Environment, GlobalFlags.SyncId, GlobalFlags.AllowUnfinished);
            var path = invocation.Flags.Get(Out);
            if (path == "-")
            {
                throw new CliException("a database cannot go to standard output; name a file with --out", BatonExitCode.Usage);
            }

            C1zFile.RequireReadable(options.File);
            ExportFile.RequirePlace(path, options.File);
            C1zFile.UnpackDatabase(options.File, path, FileSession.C1zOptions(host));
            return Task.FromResult((int)BatonExitCode.Done);
        },
    };

    public static CommandDefinition Optimize(ProgramHost host) => new()
    {
        Name = "optimize",
        Summary = "Rewrite the file without the room that deleted syncs left",
        Hidden = true,
        Handler = (invocation, _) =>
        {
            var options = GlobalFlags.ReadForFile(invocation.Flags, host.Environment, GlobalFlags.SyncId, GlobalFlags.AllowUnfinished);
            using var file = OpenWrite(options, host);
            file.Compact();
            var before = new FileInfo(options.File).Length;
            var saved = file.Save();
            host.Output.Write($"Optimized {options.File}: {before} bytes before, {saved.EncodedBytes} now.\n");
            return Task.FromResult((int)BatonExitCode.Done);
        },
    };

    public static CommandDefinition RecalculateStats(ProgramHost host) => new()
    {
        Name = "recalculate-stats",
        Summary = "Count the finished syncs anew and store the counts in the file, for readers that rely on them",
        Handler = (invocation, _) => Task.FromResult(RecalculateStats(GlobalFlags.ReadForFile(invocation.Flags, host.Environment, GlobalFlags.AllowUnfinished), host)),
    };

    private static int RecalculateStats(GlobalOptions options, ProgramHost host)
    {
        using var file = OpenWrite(options, host);
        var runs = file.Syncs.All().Where(run => run.IsFinished && (options.SyncId is null || run.Id == options.SyncId)).ToList();
        if (options.SyncId is not null && runs.Count == 0)
        {
            throw new CliException($"{options.File} holds no finished sync \"{options.SyncId}\"; \"baton syncs -f {options.File}\" lists the syncs that it holds", BatonExitCode.NoSync);
        }

        foreach (var run in runs)
        {
            var stats = file.RecalculateStats(run);
            host.Output.Write($"{run.Id}: {stats.ResourceTypes} resource types, {stats.Resources} resources, {stats.Entitlements} entitlements, {stats.Grants} grants\n");
        }

        if (runs.Count > 0)
        {
            file.Save();
        }

        host.Output.Write($"{runs.Count} finished sync{(runs.Count == 1 ? "" : "s")} counted.\n");
        return (int)BatonExitCode.Done;
    }

    // Unlike a connector, this starts no file where there is none.
    private static C1zFile OpenWrite(GlobalOptions options, ProgramHost host)
    {
        C1zFile.RequireWritable(options.File);
        return C1zFile.OpenWrite(options.File, FileSession.C1zOptions(host), startFrom: options.File);
    }
}
