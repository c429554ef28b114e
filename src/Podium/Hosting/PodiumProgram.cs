using System.Reflection;
using System.Runtime.InteropServices;
using Baton.CommandLine;
using Podium.Hosting.Commands;
using Podium.Hosting.Settings;

namespace Podium.Hosting;

/// <summary>The tree of commands, and what their failures become: one line on standard error and an exit code.</summary>
internal static class PodiumProgram
{
    private const int Wrong = 2;

    public static CommandDefinition Root(ProgramEnvironment environment) => new()
    {
        Name = "podium",
        Summary = "Who has access to what, asked for, decided, reviewed and taken back",
        Version = typeof(PodiumProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Flags = [.. PodiumSettings.CommonFlags, CommandAnswer.Format],
        Commands =
        [
            ServeCommand.Define(environment),
            MigrateCommand.Define(environment),
            BackupCommand.Define(environment),
            BackupCommand.DefineKey(environment),
            RestoreCommand.Define(environment),
            ServerDoctorCommand.Define(environment),
            ResumeCommand.Define(environment),
            UserCommand.Define(environment),
            ApiKeyCommand.Define(environment),
            VerifyCommand.Define(environment),
            VerifyCommand.DefineAudit(environment),
        ],
    };

    public static async Task<int> RunAsync(string[] arguments, ProgramEnvironment environment, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await new CommandRunner(Root(environment), output, error).RunAsync(arguments, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failure) when (ProgramFailure.Describe(failure) is { } line)
        {
            await error.WriteLineAsync("podium: " + line);
            return Wrong;
        }

        // The second signal ends the process where it is.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
