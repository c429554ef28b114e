using System.Diagnostics;
using System.Runtime.InteropServices;
using Baton.C1z.Container;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;

namespace Baton.C1z.Tests.Support;

/// <summary>What a <see cref="ChildProcess"/> does. It speaks by lines on its standard output, and waits for one on its input.</summary>
internal static class ChildParts
{
    /// <summary>Opens a file to write it, says so, and holds it until told to go on.</summary>
    public const string Hold = "hold";

    /// <summary>Saves a database where no file may grow beyond a limit: as on a full disk. Prints the error.</summary>
    public const string SaveWithoutSpace = "save-without-space";

    /// <summary>As <see cref="SaveWithoutSpace"/>, but kills itself in the middle of the write.</summary>
    public const string DieInSave = "die-in-save";

    /// <summary>Writes and saves a whole sync where no file may grow beyond a limit. Prints the error.</summary>
    public const string SyncWithoutSpace = "sync-without-space";

    /// <summary>Prints where SQLite puts what does not fit in memory.</summary>
    public const string SpillFolder = "spill-folder";

    private const int RlimitFsize = 1;
    private const int Sigxfsz = 25;

    public static int Run(string part, string[] arguments)
    {
        switch (part, arguments)
        {
            case (Hold, [var path, var temporary]):
                using (C1zFile.OpenWrite(path, new() { TemporaryFolder = temporary }))
                {
                    Console.WriteLine("ready");
                    Console.ReadLine();
                }

                return 0;

            case (SaveWithoutSpace, [var path, var database]):
                return Report(() =>
                {
                    using var output = OutputFile.Claim(path);
                    LimitFileSize(64 * 1024);
                    output.Save(database);
                });

            case (DieInSave, [var path, var database]):
                var output = OutputFile.Claim(path);
                LimitFileSize(64 * 1024);
                AppDomain.CurrentDomain.FirstChanceException += (_, _) => Process.GetCurrentProcess().Kill();
                output.Save(database);
                return 1;

            case (SyncWithoutSpace, [var path, var temporary]):
                return Report(() =>
                {
                    using var file = C1zFile.OpenWrite(path, new() { TemporaryFolder = temporary });
                    var writer = file.BeginSync(SyncType.Full);
                    LimitFileSize(1024 * 1024);
                    for (var i = 0; i < 64; i++)
                    {
                        writer.Put([new Resource { Id = new() { ResourceType = "user", Resource = $"{i}" }, Description = new string('x', 64 * 1024) }]);
                    }

                    writer.End();
                    file.Save();
                });

            case (SpillFolder, [var path, var temporary]):
                using (var file = C1zFile.OpenWrite(path, new() { TemporaryFolder = temporary }))
                {
                    Console.WriteLine(file.Access(database => database.Scalar("PRAGMA temp_store_directory")));
                }

                return 0;

            default:
                throw new ArgumentException($"no such part: {part}", nameof(part));
        }
    }

    private static int Report(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (C1zException refusal)
        {
            Console.WriteLine($"{refusal.Error}: {refusal.Message}");
            return 2;
        }
    }

    // The honest way to run out of space without mounting anything: write fails with EFBIG where a full disk gives ENOSPC.
    private static void LimitFileSize(ulong bytes)
    {
        _ = Signal(Sigxfsz, 1);
        var limit = new Rlimit { Current = bytes, Maximum = bytes };
        if (SetRlimit(RlimitFsize, ref limit) != 0)
        {
            throw new InvalidOperationException("setrlimit failed");
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetRlimit(int resource, ref Rlimit limit);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int signal, nint handler);

    [StructLayout(LayoutKind.Sequential)]
    private struct Rlimit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
