using System.Security.Cryptography.X509Certificates;
using Baton.C1z.Syncs;
using Baton.Testing;
using Baton.Testing.Connectors;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;
using Podium.Tests.Data;
using Podium.Tests.Inventory;
using ZstdSharp;
using TaskType = Baton.Protocol.ConnectorApi.V1.Task.TaskTypeOneofCase;

namespace Podium.Tests.Connectors;

/// <summary>
/// What a connector that is broken, old, somebody else's or malicious can send, to a server that is a process: each ends as docs/podium/states.md says,
/// nothing of it is in the inventory, and the server is as small afterwards as one that got good files.
/// </summary>
public sealed class HostileUploadTests : IAsyncDisposable
{
    private const long Megabyte = 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("podium-hostile-").FullName;
    private KilledWorld? _world;
    private RawConnector? _raw;

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RawConnector Raw => _raw!;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upload_Hostile_EndsAsItMustAndCostsNothing(DatabaseKind kind)
    {
        await StartAsync(kind);
        var good = File(UploadBuilder.Grafana());
        Assert.Equal((SyncState.Applied, null), await SendAsync(good));
        var before = await InventoryAsync();
        var peak = _world!.ServerPeakBytes;
        var less = UploadBuilder.Grafana(users: 2);
        var withoutGrants = UploadBuilder.Grafana();
        withoutGrants.Grants.Clear();
        (string Reason, byte[] Content)[] rejected =
        [
            ("damaged", good[..^200]),
            ("damaged", [.. good[..100], .. new byte[100], .. good[200..]]),
            ("damaged", [.. "C1ZF\0"u8, .. Noise(500_000)]),
            ("damaged", [.. "C1Z3\0"u8, .. Noise(500_000)]),
            ("damaged", "C1ZF\0"u8.ToArray()),
            ("larger than the limits allow", Bomb("C1ZF\0"u8)),
            ("damaged", Compressed("C1ZF\0"u8, Noise(200_000))),
            ("did not end", File(less, end: false)),
            ("type partial", File(less, SyncType.Partial)),
            // What a connector in Go sends that was started with skip-full-sync, and with skip-grants.
            ("lists no resource types", File(new())),
            ("not one grant", File(withoutGrants)),
            ("declares 9 grants", File(less, declared: "{\"grants\":9}")),
        ];

        foreach (var (reason, content) in rejected)
        {
            var (state, said) = await SendAsync(content);

            Assert.Equal(SyncState.Rejected, state);
            Assert.Contains(reason, said, StringComparison.Ordinal);
            Assert.Equal(before, await InventoryAsync());
        }

        // Room for what was not compiled yet; the bomb alone would be a thousand.
        Assert.InRange(_world.ServerPeakBytes - peak, 0, 120 * Megabyte);
        Assert.Equal((SyncState.Applied, null), await SendAsync(good));
        Assert.Equal(before, await InventoryAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upload_OfAnotherApp_TakesNothingAway(DatabaseKind kind)
    {
        await StartAsync(kind);
        Assert.Equal((SyncState.Applied, null), await SendAsync(File(UploadBuilder.Grafana())));
        var before = await InventoryAsync();
        var other = new UploadBuilder();
        other.AddType("repository");
        other.AddResource("repository", "1", "podium");
        other.AddEntitlement("repository", "1", "push");
        other.AddGrant("repository:1:push", "member", "7");

        Assert.Equal((SyncState.Applied, null), await SendAsync(File(other)));
        Assert.Superset(before, await InventoryAsync());
        var (state, reason) = await SendAsync(File(other));

        Assert.Equal(SyncState.Held, state);
        Assert.Contains("would end", reason, StringComparison.Ordinal);
        Assert.Superset(before, await InventoryAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upload_OfFormat3_IsAppliedLikeFormat1(DatabaseKind kind)
    {
        await StartAsync(kind);
        var first = await System.IO.File.ReadAllBytesAsync(Repository.PathOf("tests", "Fixtures", "c1z", "grafana-4users-2orgs.c1z"), Cancellation);
        var third = await System.IO.File.ReadAllBytesAsync(Repository.PathOf("tests", "Baton.C1z.Tests", "Pebble", "TestData", "grafana-4users-2orgs.pebble.c1z"), Cancellation);

        Assert.Equal((SyncState.Applied, null), await SendAsync(first));
        var before = await InventoryAsync();
        Assert.Equal((SyncState.Applied, null), await SendAsync(third));

        Assert.Equal(before, await InventoryAsync());
        Assert.NotEmpty(before);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Upload_OfAnAttemptThatIsOver_IsRefused(DatabaseKind kind)
    {
        await StartAsync(kind);
        var good = File(UploadBuilder.Grafana());
        await _world!.AskForSyncsAsync();
        var lost = await Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        // Nothing is heard of it: three heartbeats of a second are missed.
        await WaitAsync(lost.Id, sync => sync.State == SyncState.Failed);
        await _world.AskForSyncsAsync();
        var next = await Raw.TakeAsync(TaskType.SyncFull, Cancellation);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => Raw.UploadAsync(lost.Id, good, Cancellation));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.NotEqual(lost.Id, next.Id);
        Assert.Empty(await InventoryAsync());
        await Raw.UploadAsync(next.Id, good, Cancellation);
        await Raw.UploadAsync(next.Id, good, Cancellation);
        await Raw.SendUploadAsync(Raw.Parts(next.Id, "{\"level\":\"debug\"}\n"u8.ToArray()), Cancellation);
        await Raw.FinishAsync(next.Id, Cancellation);
        Assert.Equal(SyncState.Applied, (await WaitAsync(next.Id, sync => !sync.State.IsOpen())).State);
    }

    public async ValueTask DisposeAsync()
    {
        _raw?.Dispose();
        if (_world is not null)
        {
            await _world.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(DatabaseKind kind)
    {
        _world = await KilledWorld.StartServerAloneAsync(kind);
        var authority = X509CertificateLoader.LoadCertificateFromFile(_world.AuthorityFile);
        _raw = new(_world.Address, _world.ClientId, _world.ClientSecret, authority);
        await _raw.HelloAsync("", Cancellation);
    }

    /// <summary>Takes a sync, sends this as its upload, and waits for what becomes of it.</summary>
    private async Task<(SyncState State, string? Reason)> SendAsync(byte[] content)
    {
        await _world!.AskForSyncsAsync();
        var task = await Raw.TakeAsync(TaskType.SyncFull, Cancellation);
        await Raw.UploadAsync(task.Id, content, Cancellation);
        await Raw.FinishAsync(task.Id, Cancellation);
        var sync = await WaitAsync(task.Id, sync => sync.State is not (SyncState.Queued or SyncState.Running or SyncState.Received or SyncState.Applying));
        return (sync.State, sync.Reason);
    }

    private async Task<Sync> WaitAsync(string taskId, Func<Sync, bool> condition)
    {
        var id = Ksuid.Parse(taskId);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (true)
        {
            var sync = await _world!.Database.ReadAsync(context => context.Set<Sync>().SingleAsync(sync => sync.PublicId == id, Cancellation));
            if (condition(sync))
            {
                return sync;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Every grant that is there.</summary>
    private async Task<SortedSet<string>> InventoryAsync() => new(
        await _world!.Database.ReadAsync(context => (
            from grant in context.Set<GrantNow>()
            join entitlement in context.Set<AppEntitlement>() on grant.EntitlementId equals entitlement.Id
            join account in context.Set<AppAccount>() on grant.AccountId equals account.Id
            select entitlement.ExternalId + " " + account.ExternalId).ToListAsync(Cancellation)),
        StringComparer.Ordinal);

    private byte[] File(UploadBuilder upload, SyncType type = SyncType.Full, bool end = true, string? declared = null)
    {
        var path = Path.Combine(_folder, "upload.c1z");
        upload.Write(path, type, end, declared);
        return System.IO.File.ReadAllBytes(path);
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        // Chosen for repetition, not for secrecy.
#pragma warning disable CA5394
        new Random(3).NextBytes(noise);
#pragma warning restore CA5394
        return noise;
    }

    private static byte[] Compressed(ReadOnlySpan<byte> magic, byte[] content)
    {
        using var compressor = new Compressor();
        return [.. magic, .. compressor.Wrap(content)];
    }

    /// <summary>A few kilobytes that unpack to a gigabyte.</summary>
    private static byte[] Bomb(ReadOnlySpan<byte> magic)
    {
        using var packed = new MemoryStream();
        packed.Write(magic);
        using (var stream = new CompressionStream(packed, leaveOpen: true))
        {
            var zeros = new byte[Megabyte];
            for (var written = 0; written < 1024; written++)
            {
                stream.Write(zeros);
            }
        }

        Assert.InRange(packed.Length, 0, Megabyte);
        return packed.ToArray();
    }
}
