using System.Reflection;
using System.Runtime.InteropServices;
using Baton.CommandLine;
using Podium.Data;

namespace Podium.Hosting;

/// <summary>The tree of commands, and what their failures become: one line on standard error and an exit code.</summary>
internal static class PodiumProgram
{
    private const int Wrong = 2;

    public static CommandDefinition Root { get; } = new()
    {
        Name = "podium",
        Summary = "Who has access to what, asked for, decided, reviewed and taken back",
        Version = typeof(PodiumProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Commands = [ServeCommand.Definition],
    };

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await new CommandRunner(Root, output, error).RunAsync(arguments, stop.Token);
        }
        catch (Exception failure) when (failure is UsageException or StartupException or DatabaseException)
        {
            await error.WriteLineAsync("podium: " + failure.Message);
            return Wrong;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }

        // The second signal ends the process where it is.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
