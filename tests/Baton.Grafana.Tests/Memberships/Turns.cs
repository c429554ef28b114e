using System.Collections.Concurrent;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Requests;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>
/// Lets two processes send their requests in a given order, one at a time: a request is carried out when it is its sender's turn, and
/// the next one when the sender has the answer, which shows in that it asks again or has ended.
/// </summary>
/// <param name="schedule">Whose requests follow each other, as <c>AABAB</c>; whoever is left when it is used up.</param>
internal sealed class Turns(string schedule)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<char, TaskCompletionSource> _waiting = [];
    private readonly HashSet<char> _ended = [];
    private readonly ConcurrentQueue<GrafanaRequest> _carriedOut = new();
    private int _next;
    private char? _running;

    /// <summary>Every order in which two processes of so many requests can send them.</summary>
    public static IEnumerable<string> All(int first, int second) => (first, second) switch
    {
        (0, _) => [new string('B', second)],
        (_, 0) => [new string('A', first)],
        _ => All(first - 1, second).Select(rest => $"A{rest}").Concat(All(first, second - 1).Select(rest => $"B{rest}")),
    };

    /// <summary>The requests in the order in which they had their effect, which is not that of their arrival.</summary>
    public IReadOnlyList<GrafanaRequest> CarriedOut => [.. _carriedOut];

    /// <summary>The question for the version changes nothing and is not held up.</summary>
    public void Hold(FakeGrafana grafana, Func<GrafanaRequest, char> sender)
        => grafana.Faults.On("*", "^/api/(?!health)").RunAsync(async (request, gone) =>
        {
            await WaitAsync(sender(request)).WaitAsync(gone);
            _carriedOut.Enqueue(request);
        });

    /// <summary>Runs one process to its end, whatever that is.</summary>
    public async Task<T> RunAsync<T>(char process, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        finally
        {
            lock (_gate)
            {
                _ended.Add(process);
                Release(process);
            }
        }
    }

    private Task WaitAsync(char process)
    {
        lock (_gate)
        {
            var turn = _waiting[process] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Release(process);
            return turn.Task;
        }
    }

    private void Release(char process)
    {
        _running = _running == process ? null : _running;

        // Who goes next is decided when it is known what everybody wants.
        if (_running is not null || _waiting.Count + _ended.Count < 2 || _waiting.Count == 0)
        {
            return;
        }

        var wanted = _next < schedule.Length ? schedule[_next++] : 'A';
        _running = _waiting.ContainsKey(wanted) ? wanted : _waiting.Keys.Single();
        _waiting.Remove(_running.Value, out var turn);
        turn!.SetResult();
    }
}
