using System.Reflection;
using Baton.C1z;
using Baton.Cli.Commands;
using Baton.Cli.Explorer;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Configuration.Secrets;
using Baton.Evidence;

namespace Baton.Cli;

/// <summary>The program: its commands, and what becomes of their failures.</summary>
internal static class BatonProgram
{
    // None is read here. Whoever looks at a file has those of the connector that wrote it in the same shell, and hands one over by mistake.
    private static readonly string[] SecretVariables = ["BATON_PASSWORD", "BATON_API_TOKEN", "BATON_CLIENT_SECRET"];

    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ProgramHost process, CancellationToken cancellationToken)
    {
        // What the file holds is shown to the letter; what is said of the run is not, and may repeat words of the command line.
        var redactor = new Redactor([.. SecretVariables.Select(process.Environment).OfType<string>()]);
        var host = process with { Error = new RedactingWriter(process.Error, redactor) };
        try
        {
            var code = await new CommandRunner(Root(host), host.Output, host.Error).RunAsync(arguments, cancellationToken);

            // Also when interrupted meanwhile: a command that has come to its end has its output.
            await host.Output.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (UsageException mistake)
        {
            return Fail(host, BatonExitCode.Usage, mistake.Hint is null ? mistake.Message : $"{mistake.Message} ({mistake.Hint})");
        }
        catch (CliException refusal)
        {
            return Fail(host, refusal.Code, refusal.Message);
        }
        catch (EvidenceException refusal)
        {
            return Fail(host, CodeOf(refusal.Error), refusal.Message);
        }
        catch (C1zException refusal)
        {
            return Fail(host, CodeOf(refusal.Error), refusal.Message);
        }
        catch (OperationCanceledException)
        {
            return (int)BatonExitCode.Interrupted;
        }
        catch (IOException closed) when (StandardOutput.IsClosedByReader(closed))
        {
            // Whoever read it has seen enough.
            return 0;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // The library has its own words for what it cannot read or write, so this is the output.
            return Fail(host, BatonExitCode.Failed, $"cannot write the output: {refusal.Message}");
        }
#pragma warning disable CA1031 // The last boundary: whoever uses the program is told that it is wrong, and never sees a stack trace.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return Fail(host, BatonExitCode.Failed, $"unexpected {bug.GetType().Name}: {bug.Message} (this is a defect of baton; please report it)");
        }
    }

    /// <summary>Every command there is.</summary>
    internal static CommandDefinition Root(ProgramHost host) => new()
    {
        Name = "baton",
        Description = $"Shows what is in a .c1z file, which a connector's sync wrote.\n\nOf the syncs in it, one is shown:\n{SyncChoice.Rule}",
        Version = Version(),
        Flags = GlobalFlags.All,
        Manual = BatonManual.Sections,
        Commands =
        [
            AccessCommand.Define(host),
            CheckCommand.Define(host),
            DiffCommand.Define(host),
            EntitlementsCommand.Define(host),
            ExplorerCommand.Define(host),
            ExportCommand.Define(host),
            FindCommand.Define(host),
            FindingsCommand.Define(host),
            GrantsCommand.Define(host),
            PrincipalsCommand.Define(host),
            ResourceTypesCommand.Define(host),
            ResourcesCommand.Define(host),
            ReviewCommand.Define(host),
            StatsCommand.Define(host),
            SyncsCommand.Define(host),
            UpkeepCommands.DumpDatabase(host),
            UpkeepCommands.Optimize(host),
            UpkeepCommands.RecalculateStats(host),
        ],
    };

    private static string Version()
        => typeof(BatonProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static BatonExitCode CodeOf(C1zError error) => error switch
    {
        C1zError.NoSuchSync => BatonExitCode.NoSync,
        C1zError.NotWritable => BatonExitCode.Failed,
        _ => BatonExitCode.BadFile,
    };

    private static BatonExitCode CodeOf(EvidenceError error) => error switch
    {
        EvidenceError.Mistake => BatonExitCode.Usage,
        EvidenceError.BadInput => BatonExitCode.BadFile,
        _ => BatonExitCode.Failed,
    };

    private static int Fail(ProgramHost host, BatonExitCode code, string message)
    {
        host.WriteDiagnostic("Error", message);
        return (int)code;
    }
}
