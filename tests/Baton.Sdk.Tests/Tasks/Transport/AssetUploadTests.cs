using Baton.Sdk.Tasks.Transport;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.ControlPlane.Uploads;
using Grpc.Core;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class AssetUploadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-upload-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "sync.c1z");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1_458_531, new[] { 524288, 524288, 409955 })]
    [InlineData(1_048_576, new[] { 524288, 524288 })]
    [InlineData(30_362, new[] { 30362 })]
    [InlineData(0, new int[0])]
    public async Task Upload_File_ArrivesInChunks(int length, int[] chunks)
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        var content = await TransportRig.WriteFileAsync(File, length);

        await client.UploadAssetAsync(task.Id, File, Cancellation);

        var upload = Assert.Single(task.Uploads);
        Assert.Equal(chunks, upload.Chunks);
        Assert.Equal(content, await System.IO.File.ReadAllBytesAsync(upload.Path, Cancellation));
        Assert.Equal(length == 0 ? UploadKind.DebugLog : UploadKind.C1z, upload.Kind);
        rig.Platform.ThrowOnViolations();
    }

    [Fact]
    public async Task Upload_FailsOnce_StartsAnewAtOnce()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 2_000_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).Once().AfterBytes(600_000).Fail(StatusCode.Internal, "disk full");

        await client.UploadAssetAsync(task.Id, File, Cancellation);

        Assert.Equal(["Internal", "OK"], rig.Platform.Calls.Of(CallKind.UploadAsset).Select(call => call.Status!), StringComparer.Ordinal);
        Assert.Single(task.Uploads);
        Assert.Contains("upload failed, starting it anew", rig.Log, StringComparison.Ordinal);
        Assert.Contains("disk full", rig.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_FailsTwice_WaitsASecondBeforeTheThird()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 1_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).Between(1, 2).Fail(StatusCode.Unavailable);

        var upload = client.UploadAssetAsync(task.Id, File, Cancellation);
        await rig.Time.PassAsync(TimeSpan.FromSeconds(1), Cancellation);
        await upload;

        var calls = rig.Platform.Calls.Of(CallKind.UploadAsset);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1)], calls.Zip(calls.Skip(1), (earlier, later) => later.StartedAt - earlier.StartedAt));
    }

    [Fact]
    public async Task Upload_FailsThreeTimes_GivesUpWithTheLastReason()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 1_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).Between(1, 2).Fail(StatusCode.Unavailable);
        rig.Platform.Faults.On(CallKind.UploadAsset).Fail(StatusCode.ResourceExhausted, "too large");

        var upload = TransportRig.FailsAsync(() => client.UploadAssetAsync(task.Id, File, Cancellation));
        await rig.Time.PassAsync(TimeSpan.FromSeconds(1), Cancellation);
        var failure = await upload;

        Assert.Equal(
            (PlatformFailure.Answered, StatusCode.ResourceExhausted, "UploadAsset: the platform answers ResourceExhausted: too large"),
            (failure.Failure, failure.Code, failure.Message));
        Assert.Equal(3, rig.Platform.Calls.Count(CallKind.UploadAsset));
        Assert.Empty(task.Uploads);
    }

    [Fact]
    public async Task Upload_ConnectionIsResetInTheMiddle_StartsAnew()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        var content = await TransportRig.WriteFileAsync(File, 5_000_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).Once().AfterBytes(2_000_000).Reset();

        await client.UploadAssetAsync(task.Id, File, Cancellation);

        Assert.Equal(content, await System.IO.File.ReadAllBytesAsync(Assert.Single(task.Uploads).Path, Cancellation));
    }

    [Fact]
    public async Task Upload_TokenIsNotTaken_StartsAnewWithAnother()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 1_000);
        rig.Platform.Tokens.RevokeAll();

        await client.UploadAssetAsync(task.Id, File, Cancellation);

        Assert.Equal([null, 2], rig.Platform.Calls.Of(CallKind.UploadAsset).Select(call => call.Token));
    }

    [Fact]
    public async Task Upload_CredentialsAreRefused_IsNotRepeated()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 1_000);
        rig.Platform.Tokens.RevokeAll();
        rig.Platform.Faults.On(CallKind.Token).Respond(401);

        var failure = await TransportRig.FailsAsync(() => client.UploadAssetAsync(task.Id, File, Cancellation));

        Assert.Equal(PlatformFailure.CredentialsRefused, failure.Failure);
        Assert.Equal(2, rig.Platform.Calls.Count(CallKind.Token));
    }

    [Fact]
    public async Task Upload_NoAnswerAtTheEnd_IsGivenUpAndStartedAnew()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 1_000_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).Once().AfterEffect().Hang();

        var upload = client.UploadAssetAsync(task.Id, File, Cancellation);
        await rig.Platform.WaitUntilAsync(() => task.Uploads.Count == 1, Cancellation);
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        await upload;

        Assert.Equal(2, task.Uploads.Count);
        Assert.Contains("nothing moved for 300 s", rig.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_NothingMovesInTheMiddle_IsGivenUpEachTime()
    {
        await using var rig = await TransportRig.StartAsync();
        var (_, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 8_000_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).AfterBytes(600_000).Hang();

        // The real clock: only the connection knows when it is full and sending stops.
        var impatient = rig.Connect(TimeProvider.System, options => options with { Limits = new() { UploadStall = TimeSpan.FromMilliseconds(200) } });
        var failure = await TransportRig.FailsAsync(() => impatient.UploadAssetAsync(task.Id, File, Cancellation));

        Assert.Equal((PlatformFailure.TimedOut, StatusCode.DeadlineExceeded), (failure.Failure, failure.Code));
        Assert.Empty(task.Uploads);
    }

    [Fact]
    public async Task Upload_CallerGivesUp_IsNotRepeated()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);
        await TransportRig.WriteFileAsync(File, 1_000);
        rig.Platform.Faults.On(CallKind.UploadAsset).Hang();
        using var impatience = new CancellationTokenSource();

        var upload = client.UploadAssetAsync(task.Id, File, impatience.Token);
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.Count(CallKind.UploadAsset) == 1, Cancellation);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        Assert.Single(rig.Platform.Calls.Of(CallKind.UploadAsset));
    }

    [Fact]
    public async Task Upload_NoSuchFile_IsSaidBeforeAnythingIsSent()
    {
        await using var rig = await TransportRig.StartAsync();
        var (client, task) = await BeginAsync(rig);

        await Assert.ThrowsAsync<FileNotFoundException>(() => client.UploadAssetAsync(task.Id, File, Cancellation));

        Assert.Equal(0, rig.Platform.Calls.Count(CallKind.UploadAsset));
    }

    private static async Task<(PlatformClient Client, PlatformTask Task)> BeginAsync(TransportRig rig)
    {
        var client = rig.Connect();
        var task = rig.Platform.Tasks.Add(new() { SyncFull = new() });
        await client.GetTaskAsync(Cancellation);
        return (client, task);
    }
}
