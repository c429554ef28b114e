using Baton.Grafana.Memberships;

namespace Baton.Grafana.Tests.Memberships;

public sealed class ChangeLocksTests
{
    private readonly ChangeLocks _locks = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_SameOrganization_OneAtATime()
    {
        var (first, firstEnds) = Hold(1);
        await first;
        var (second, secondEnds) = Hold(1);

        Assert.False(second.IsCompleted);
        firstEnds.SetResult();
        await second.WaitAsync(Cancellation);
        secondEnds.SetResult();
    }

    [Fact]
    public async Task RunAsync_OtherOrganization_AtOnce()
    {
        var (first, firstEnds) = Hold(1);
        var (second, secondEnds) = Hold(2);

        await Task.WhenAll(first, second).WaitAsync(Cancellation);
        firstEnds.SetResult();
        secondEnds.SetResult();
    }

    [Fact]
    public async Task RunAsync_Account_WaitsForOrganizationsAndKeepsThemOut()
    {
        var (role, roleEnds) = Hold(1);
        await role;
        var (account, accountEnds) = Hold(null);
        var (later, laterEnds) = Hold(2);

        Assert.False(account.IsCompleted);
        Assert.False(later.IsCompleted);
        roleEnds.SetResult();
        await account.WaitAsync(Cancellation);
        Assert.False(later.IsCompleted);
        accountEnds.SetResult();
        await later.WaitAsync(Cancellation);
        laterEnds.SetResult();
    }

    [Fact]
    public async Task RunAsync_AccountGivesUp_LetsTheNextIn()
    {
        var (role, roleEnds) = Hold(1);
        await role;
        using var impatient = new CancellationTokenSource();
        var account = _locks.RunAsync(() => Task.FromResult(0), impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => account);
        var (later, laterEnds) = Hold(2);
        await later.WaitAsync(Cancellation);
        laterEnds.SetResult();
        roleEnds.SetResult();
        Assert.Equal(1, await _locks.RunAsync(() => Task.FromResult(1), Cancellation));
    }

    /// <summary>A change that has begun when the first task ends, and lasts until the second is set.</summary>
    private (Task Begun, TaskCompletionSource Ends) Hold(long? organization)
    {
        var (begun, ends) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ = organization is { } id ? _locks.RunAsync(id, ChangeAsync, Cancellation) : _locks.RunAsync(ChangeAsync, Cancellation);
        return (begun.Task, ends);

        async Task<int> ChangeAsync()
        {
            begun.SetResult();
            await ends.Task;
            return 0;
        }
    }
}
