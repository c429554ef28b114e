using Baton.C1z.Container;
using Baton.C1z.Tests.Support;

namespace Baton.C1z.Tests.Container;

public sealed class SharedFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenRead_FileLockedForAMoment_WaitsForIt()
    {
        var path = _folder.Write("saved.c1z", [1, 2, 3]);
        using var reading = new ManualResetEventSlim();
        var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        var reader = Task.Run(
            () =>
            {
                reading.Set();
                using var file = SharedFile.OpenRead(path);
                return file.Length;
            },
            TestContext.Current.CancellationToken);

        reading.Wait(TestContext.Current.CancellationToken);
        Assert.False(SpinWait.SpinUntil(() => reader.IsCompleted, TimeSpan.FromMilliseconds(20)), "it did not wait");
        await writer.DisposeAsync();

        Assert.Equal(3, await reader);
    }

    [Fact]
    public void OpenRead_NoFile_FailsAtOnce()
        => Assert.Throws<FileNotFoundException>(() => SharedFile.OpenRead(_folder.In("absent")));
}
