using System.Runtime.InteropServices;

namespace Baton.Sdk.Hosting;

/// <summary>
/// The memory of this process holds credentials, and a core file would hold the memory. On Linux the process asks for none to be written,
/// by the system or by whoever attaches to it; elsewhere the administrator's settings stand.
/// </summary>
internal static partial class CoreFiles
{
    private const int SetDumpable = 4;

    public static void Refuse()
    {
        if (OperatingSystem.IsLinux())
        {
            // A system that does not know the call writes core files as before, which is no reason not to run.
            _ = prctl(SetDumpable, 0, 0, 0, 0);
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
