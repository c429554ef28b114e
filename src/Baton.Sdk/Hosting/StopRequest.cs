using System.Runtime.InteropServices;

namespace Baton.Sdk.Hosting;

/// <summary>
/// How a process is asked to stop: the first signal is waited for, so that progress is kept; the second is not taken any more, and ends
/// the process at once.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public CancellationToken Token => _stop.Token;

    public void On(PosixSignalContext signal)
    {
        signal.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();
}
