using System.Runtime.InteropServices;
using Baton.Cli;
using Baton.Cli.Output;

using var interruption = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await using var error = StandardError.Open();

var host = new ProgramHost(StandardOutput.Open(), error, Environment.GetEnvironmentVariable, Terminal.Detect(Environment.GetEnvironmentVariable))
{
    OpenOutput = StandardOutput.OpenStream,
};
return await BatonProgram.RunAsync(args, host, interruption.Token);

// The first signal lets the program tidy up; a second one ends it where it is.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
}
