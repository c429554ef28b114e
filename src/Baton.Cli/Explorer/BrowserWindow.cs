using System.ComponentModel;
using System.Diagnostics;
using Baton.Cli.Output;

namespace Baton.Cli.Explorer;

/// <summary>The browser of whoever runs the program.</summary>
internal static class BrowserWindow
{
    /// <summary>
    /// Whether somebody sits in front of a screen of this machine: output to a terminal, not over SSH, not in a build, and on Linux a
    /// desktop.
    /// </summary>
    public static bool IsSensible(Terminal? terminal, Func<string, string?> environment)
        => terminal is not null
            && !IsSet(environment, "CI") && !IsSet(environment, "SSH_CONNECTION") && !IsSet(environment, "SSH_TTY")
            && (!OperatingSystem.IsLinux() || IsSet(environment, "DISPLAY") || IsSet(environment, "WAYLAND_DISPLAY"));

    /// <summary>Opens the address; false when there is no program to do so.</summary>
    public static bool TryOpen(Uri address)
    {
        // The shell of Windows knows what opens an address; elsewhere a program does.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address.ToString()) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.ToString()])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            using var process = Process.Start(start);
            return true;
        }
        catch (Exception refusal) when (refusal is Win32Exception or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool IsSet(Func<string, string?> environment, string name) => !string.IsNullOrEmpty(environment(name));
}
