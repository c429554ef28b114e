using System.Globalization;
using System.Runtime.InteropServices;

namespace Podium.Connectors.Hosted;

/// <summary>
/// What podium starts in order to start a connector: it asks the kernel to be killed when podium is, and becomes the connector. So no connector
/// outlives a server that was killed, whatever the connector does.
/// </summary>
internal static partial class ChildLauncher
{
    public const string Word = "_child";

    private const int SetParentDeathSignal = 1;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int CannotStart = 126;

    /// <summary>Does not return when it succeeds.</summary>
    /// <param name="arguments"><see cref="Word"/>, the process id of the parent, the executable and its arguments.</param>
    public static int Run(string[] arguments)
    {
        var parent = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        if (Control(SetParentDeathSignal, Kill, 0, 0, 0) != 0 || ParentId() != parent)
        {
            // The parent died before the kernel was asked.
            return CannotStart;
        }

        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(pair => (string?)$"{pair.Key}={pair.Value}");
        Execute(arguments[2], [.. arguments[2..], null], [.. environment, null]);
        return CannotStart;
    }

    /// <summary>Asks a process to end. False when there is none any more.</summary>
    public static bool AskToEnd(int processId) => Signal(processId, Terminate) == 0;

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int processId, int signal);
}
