using System.Diagnostics;
using System.Text;

namespace Baton.Cli.Output;

/// <summary>
/// Text on its way to a terminal. What fits the screen is printed; when it turns out to be more, all of it goes to the user's pager.
/// </summary>
internal sealed class Pager(TextWriter terminal, string command, int screenLines) : TextWriter
{
    private readonly StringBuilder _held = new();
    private Process? _process;
    private int _lines;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What the user pages with; null for nothing: <c>PAGER</c> is empty or <c>cat</c>, or there is none.</summary>
    public static string? Command(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        return (environment("BATON_PAGER") ?? environment("PAGER")) switch
        {
            "" or "cat" => null,
            { } chosen => chosen,
            null => Array.Exists((environment("PATH") ?? "").Split(':'), folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "less"))) ? "less" : null,
        };
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(StringBuilder? value)
    {
        foreach (var chunk in value?.GetChunks() ?? default)
        {
            Write(chunk.Span);
        }
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_process is not null)
        {
            Send(_process, buffer);
            return;
        }

        _held.Append(buffer);
        _lines += buffer.Count('\n');
        if (_lines >= screenLines)
        {
            _process = Start();
            foreach (var chunk in _held.GetChunks())
            {
                Send(_process, chunk.Span);
            }

            _held.Clear();
        }
    }

    /// <summary>Everything is written: shows what is held back, or waits until the user has seen enough.</summary>
    public void End()
    {
        if (_process is null)
        {
            terminal.Write(_held);
            _held.Clear();
            return;
        }

        Close(_process);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _process is { } started)
        {
            // Also when the listing failed: the terminal is the pager's until it ends.
            Close(started);
            started.Dispose();
            _process = null;
        }

        base.Dispose(disposing);
    }

    private static void Send(Process pager, ReadOnlySpan<char> text)
    {
        try
        {
            pager.StandardInput.Write(text);
        }
        catch (IOException)
        {
            // The user has left it, and reads no more.
            throw StandardOutput.ClosedByReader();
        }
    }

    private static void Close(Process pager)
    {
        try
        {
            pager.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, and took no more.
        }

        pager.WaitForExit();
    }

    private Process Start()
    {
        terminal.Flush();
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true, UseShellExecute = false };
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        // As git has it: end at once if it fits after all, pass colours on, leave the text on the screen.
        start.Environment.TryAdd("LESS", "FRX");
        return Process.Start(start) ?? throw new IOException($"the pager \"{command}\" did not start");
    }
}
