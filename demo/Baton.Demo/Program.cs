using System.Runtime.InteropServices;
using Baton.CommandLine;
using Baton.Demo;

var root = new CommandDefinition
{
    Name = "baton-demo",
    Summary = "Govern a made-up Grafana with Podium, and read it with baton",
    Flags = Tour.Flags,
    Handler = new Tour(isAtTerminal: !Console.IsInputRedirected).RunAsync,
    Commands = [ServeCommand.Definition],
};
const int Interrupted = 130;
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await new CommandRunner(root, Console.Out, Console.Error).RunAsync(args, stop.Token);
}
catch (UsageException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
catch (DemoException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return Interrupted;
}

// The second signal ends the process where it is; the kernel ends its children then.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
