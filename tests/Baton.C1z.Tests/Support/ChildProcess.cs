using System.Diagnostics;

namespace Baton.C1z.Tests.Support;

/// <summary>This test executable, started a second time to play one of <see cref="ChildParts"/>.</summary>
internal sealed class ChildProcess : IDisposable
{
    public const string Argument = "--child";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(string part, params string[] arguments)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "Baton.C1z.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(executable, [Argument, part, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return new(Process.Start(start) ?? throw new InvalidOperationException("no process was started"));
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Lets a child that waits for it go on.</summary>
    public void GoOn() => _process.StandardInput.WriteLine();

    /// <summary>SIGKILL: nothing of the child's runs any more.</summary>
    public void Kill()
    {
        _process.Kill();
        WaitForExit();
    }

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), "the child process does not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
