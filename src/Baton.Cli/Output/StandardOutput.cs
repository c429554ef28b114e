using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Baton.Cli.Output;

/// <summary>Standard output, in UTF-8 and buffered. Whoever opens it flushes it.</summary>
internal static class StandardOutput
{
    private const int BufferCharacters = 32 * 1024;
    private const int UnixBrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeClosing = unchecked((int)0x800700E8);

    public static TextWriter Open() => new StreamWriter(OpenStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferCharacters);

    /// <summary>Whether a write failed only because nobody reads any more, as under <c>| head</c>.</summary>
    public static bool IsClosedByReader(IOException refusal)
        => refusal.HResult is UnixBrokenPipe or WindowsBrokenPipe or WindowsPipeClosing;

    /// <summary>What ends a listing that nobody reads any more.</summary>
    public static IOException ClosedByReader() => new("nobody reads the output any more", UnixBrokenPipe);

    /// <summary>The bytes. Written to after the text before it was flushed.</summary>
    // The console's own stream keeps it to itself when a pipe has lost its reader, and a long listing would go on for nobody.
    public static Stream OpenStream()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            try
            {
                var file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
                if (!file.CanSeek)
                {
                    return file;
                }
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Closed, or not to be written: the console's stream knows what to do.
            }
        }

        return Console.OpenStandardOutput();
    }
}
