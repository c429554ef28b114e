using System.Globalization;

namespace Baton.Cli.Explorer;

/// <summary>Says on a terminal how much of a file has been read, when that takes longer than a moment. One line, which goes away in the end.</summary>
internal sealed class ReadingProgress : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly ProgramHost _host;
    private readonly long _rows;
    private long _last;
    private int _width;

    /// <param name="rows">How many there are.</param>
    public ReadingProgress(ProgramHost host, long rows)
    {
        _host = host;
        _rows = rows;
        _last = host.Time.GetTimestamp();
    }

    public void Report(long value)
    {
        if (_host.Time.GetElapsedTime(_last) < Pause)
        {
            return;
        }

        _last = _host.Time.GetTimestamp();
        Write(string.Create(CultureInfo.InvariantCulture, $"Reading: {value:N0} of {_rows:N0} rows"));
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            Write("");
            _host.Error.Write('\r');
        }
    }

    private void Write(string text)
    {
        _host.Error.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }
}
