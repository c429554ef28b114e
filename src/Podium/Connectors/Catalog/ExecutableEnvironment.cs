using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Podium.Connectors.Catalog;

/// <summary>The environment of a connector's process, built from nothing: what podium itself was given is none of its business.</summary>
internal static class ExecutableEnvironment
{
    public static void Set(ProcessStartInfo start, string executable)
    {
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        // Built in the repository it stands on the shared runtime, which it must find; published it carries its own.
        if (File.Exists(executable + ".dll"))
        {
            start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        }
    }
}
