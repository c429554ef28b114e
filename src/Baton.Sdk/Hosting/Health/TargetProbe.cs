using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Hosting.Health;

/// <summary>
/// Asks the target system whether it answers, for any number of probes: those that come together share one question, and an answer is
/// good for a few seconds. A refused credential is not tried again for minutes, since target systems lock accounts after a few failures.
/// </summary>
/// <param name="validate">Asks.</param>
/// <param name="lastSuccess">When something last succeeded with the same credential; null when nothing has.</param>
/// <param name="credential">A number that is another one when the credential has been replaced.</param>
/// <param name="time">The clock.</param>
internal sealed class TargetProbe(Func<CancellationToken, Task> validate, Func<DateTimeOffset?> lastSuccess, Func<int> credential, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long one question may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer is good.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    /// <summary>How long a refused credential is left alone. Grafana counts five failures in five minutes.</summary>
    public static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Task<TargetState>? _latest;
    private int _askedWith;

    /// <param name="cancellationToken">Ends the waiting, not the question, which others may wait for.</param>
    public Task<TargetState> AskAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, this);
            var current = credential();
            if (_latest is not { } latest || (latest.IsCompleted && current != _askedWith) || (latest.IsCompletedSuccessfully && !IsGoodStill(latest.Result)) || latest.IsFaulted)
            {
                _askedWith = current;
                _latest = Task.Run(ValidateAsync, CancellationToken.None);
            }

            return _latest!.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<TargetState>? latest;
        lock (_gate)
        {
            _end.Cancel();
            latest = _latest;
        }

        if (latest is not null)
        {
            await Task.WhenAny(latest);
        }

        _end.Dispose();
    }

    private bool IsGoodStill(TargetState state)
    {
        var age = time.GetUtcNow() - state.At;
        return age < GoodFor || (state.Code == StatusCode.Unauthenticated && age < RefusedFor && !(lastSuccess() > state.At));
    }

    private async Task<TargetState> ValidateAsync()
    {
        using var overdue = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, _end.Token);
        try
        {
            await validate(either.Token);
            return new(time.GetUtcNow(), StatusCode.OK, null);
        }
        catch (ConnectorException refusal)
        {
            return new(time.GetUtcNow(), refusal.Code, refusal.Message);
        }
        catch (OperationCanceledException)
        {
            return new(time.GetUtcNow(), StatusCode.DeadlineExceeded, $"no answer within {Limit.TotalSeconds:0} seconds");
        }
    }
}
