using System.Runtime.InteropServices;
using Baton.Cli;
using Baton.Cli.Output;

using var interruption = new CancellationTokenSource();
var stopped = 0L;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

// What outgrows a limit (ulimit -f) is then an error of the write, which is told and tidied up after as any other.
const PosixSignal fileSizeExceeded = (PosixSignal)25;
using var exceeded = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(fileSizeExceeded, signal => signal.Cancel = true);
await using var error = StandardError.Open();

var host = new ProgramHost(StandardOutput.Open(), error, Environment.GetEnvironmentVariable, Terminal.Detect(Environment.GetEnvironmentVariable))
{
    OpenOutput = StandardOutput.OpenStream,
};
return await BatonProgram.RunAsync(args, host, interruption.Token);

// The first signal lets the program tidy up; a later one ends it where it is. Some send two at once: timeout(1) to the process and its group.
void Stop(PosixSignalContext signal)
{
    var isFirst = Interlocked.CompareExchange(ref stopped, TimeProvider.System.GetTimestamp(), 0) == 0;
    signal.Cancel = isFirst || TimeProvider.System.GetElapsedTime(stopped) < TimeSpan.FromSeconds(1);
    interruption.Cancel();
}
