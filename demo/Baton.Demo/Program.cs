using System.Runtime.InteropServices;
using Baton.CommandLine;
using Baton.Demo;

var root = new CommandDefinition
{
    Name = "baton-demo",
    Summary = "Sync a made-up Grafana and look at who has access to it",
    Handler = Tour.RunAsync,
    Commands = [ServeCommand.Definition],
};
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

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
