using Baton.Cli.Files;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>One sync of a file as a file of its own.</summary>
internal static class ExportC1zCommand
{
    private static readonly StringFlag Out = new("out", "where to write it; there must be nothing yet", "./latest.c1z");

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "c1z",
        Summary = "Write one sync as a .c1z file of its own",
        Flags = [Out],
        Handler = (invocation, _) => Task.FromResult(Run(invocation.Flags, host)),
    };

    private static int Run(FlagValues flags, ProgramHost host)
    {
        var options = GlobalFlags.ReadForFile(flags, host.Environment, GlobalFlags.AllowUnfinished);
        var path = flags.Get(Out);
        if (path is "" or "-")
        {
            throw new CliException(path.Length == 0 ? "--out is empty" : "a .c1z file cannot go to standard output; name a file with --out", BatonExitCode.Usage);
        }

        if (Path.Exists(path))
        {
            throw new CliException($"{path} is there already, and is not overwritten; choose another name with --out");
        }

        using var file = FileSession.OpenFile(options, host);
        file.SaveSync(SyncChoice.Of(file, options.SyncId).Run, path);
        return (int)BatonExitCode.Done;
    }
}
