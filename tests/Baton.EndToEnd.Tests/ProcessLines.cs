using System.Text;

namespace Baton.EndToEnd.Tests;

/// <summary>What a process writes, while it writes it.</summary>
internal sealed class ProcessLines
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Task<string> _whole;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOver;

    public ProcessLines(StreamReader reader, CancellationToken cancellationToken) => _whole = ReadAsync(reader, cancellationToken);

    /// <summary>Everything, when the process has ended.</summary>
    public Task<string> WholeAsync() => _whole;

    /// <summary>The first line that is asked for, written already or to come.</summary>
    /// <exception cref="InvalidOperationException">The process ended without it.</exception>
    public async Task<string> WaitForAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_lines.Find(line => isWanted(line)) is { } found)
                {
                    return found;
                }

                if (_isOver)
                {
                    throw new InvalidOperationException($"The line was not written, only:\n{string.Join('\n', _lines)}");
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var whole = new StringBuilder();
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                whole.Append(line).Append('\n');
                Change(() => _lines.Add(line));
            }
        }
        finally
        {
            Change(() => _isOver = true);
        }

        return whole.ToString();
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
