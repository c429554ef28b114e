using CsCheck;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Podium.Audit;
using Podium.Data;
using Podium.Tests.Data;

namespace Podium.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab\"\\\u00fc\u2028\t"], 0, 5];

    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What somebody may do who can write into the database.</summary>
    private enum Tampering
    {
        EditKind,
        EditDetails,
        EditActor,
        EditTime,
        Remove,
        RemoveEnd,
        Swap,
        RemoveHash,
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task VerifyAsync_AnyTampering_IsFound(DatabaseKind kind)
    {
        await using var rig = await RigAsync(kind);
        await Gen.Select(Gen.Int[2, 12], Gen.Int[0, int.MaxValue], Gen.Enum<Tampering>(), Text).SampleAsync(
            async (count, at, tampering, text) =>
            {
                await rig.EmptyAsync();
                for (var index = 0; index < count; index++)
                {
                    await rig.WriteAsync($"test.{index}.{text}");
                    if ((at >> index) % 2 == 0)
                    {
                        await rig.Sealer.SealAsync(Cancellation);
                    }
                }

                await rig.Sealer.SealAsync(Cancellation);
                await rig.Sealer.SignAsync(Cancellation);
                Assert.Empty((await rig.Verification.VerifyAsync(null, Cancellation)).Problems);

                await TamperAsync(rig.Database, (at % count) + 1, count, tampering);

                Assert.NotEmpty((await rig.Verification.VerifyAsync(null, Cancellation)).Problems);
            },
            iter: 20,
            threads: 1,
            print: tuple => tuple.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task SealAsync_SeveralSealersBesideWriters_MakeOneChain(DatabaseKind kind)
    {
        await using var rig = await RigAsync(kind);
        var writers = Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var index = 0; index < 25; index++)
            {
                await rig.WriteAsync($"test.{writer}.{index}");
            }
        });
        var sealers = Enumerable.Range(0, 3).Select(async _ =>
        {
            for (var index = 0; index < 20; index++)
            {
                await rig.Sealer.SealAsync(Cancellation);
                await rig.Sealer.SignAsync(Cancellation);
            }
        });

        await Task.WhenAll(writers.Concat(sealers));
        await rig.Sealer.SealAsync(Cancellation);

        var verdict = await rig.Verification.VerifyAsync(null, Cancellation);
        Assert.Empty(verdict.Problems);
        Assert.Equal((100L, 0), (verdict.Rows, verdict.Unsealed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task VerifyAsync_WholeLogRewrittenAndSealedAnew_IsFoundByAHeadKeptOutside(DatabaseKind kind)
    {
        await using var rig = await RigAsync(kind);
        await rig.WriteAsync("test.first");
        await rig.WriteAsync("test.second");
        await rig.Sealer.SealAsync(Cancellation);
        await rig.Sealer.SignAsync(Cancellation);
        using var key = await rig.Key.OpenAsync(Cancellation);
        var head = await rig.Database.ReadAsync(context => context.Set<AuditHead>().SingleAsync(Cancellation));
        var outside = AuditHeadFile.Parse(System.Text.Json.JsonSerializer.Serialize(AuditHeadFile.Of(head, key), Podium.Api.ApiJson.Options));
        Assert.Empty((await rig.Verification.VerifyAsync(outside, Cancellation)).Problems);

        await rig.Database.WriteAsync(
            async context =>
            {
                await context.Set<AuditHead>().ExecuteDeleteAsync(Cancellation);
                await context.Set<AuditRow>().ExecuteUpdateAsync(
                    update => update.SetProperty(row => row.Number, (long?)null).SetProperty(row => row.Hash, (byte[]?)null).SetProperty(row => row.Kind, "test.invented"), Cancellation);
            },
            Cancellation);
        await rig.Sealer.SealAsync(Cancellation);
        await rig.Sealer.SignAsync(Cancellation);

        // Who owns the database can do this, and without a head outside nobody sees it: the documentation says so.
        Assert.Empty((await rig.Verification.VerifyAsync(null, Cancellation)).Problems);
        Assert.Contains("rewritten", Assert.Single((await rig.Verification.VerifyAsync(outside, Cancellation)).Problems), StringComparison.Ordinal);
        Assert.Contains("not signed", Assert.Single((await rig.Verification.VerifyAsync(outside with { At = new(1) }, Cancellation)).Problems, problem => problem.Contains("signed", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task TamperAsync(Database database, long number, int count, Tampering tampering)
    {
        await using var context = database.Open();
        var row = context.Set<AuditRow>().Where(row => row.Number == number);
        var changed = tampering switch
        {
            Tampering.EditKind => await row.ExecuteUpdateAsync(update => update.SetProperty(row => row.Kind, row => row.Kind + "x"), Cancellation),
            Tampering.EditDetails => await row.ExecuteUpdateAsync(update => update.SetProperty(row => row.Details, "{\"a\":1}"), Cancellation),
            Tampering.EditActor => await row.ExecuteUpdateAsync(update => update.SetProperty(row => row.ActorId, 7), Cancellation),
            Tampering.EditTime => await row.ExecuteUpdateAsync(update => update.SetProperty(row => row.At, new Moment(1)), Cancellation),
            Tampering.Remove => await row.ExecuteDeleteAsync(Cancellation),
            Tampering.RemoveEnd => await context.Set<AuditRow>().Where(row => row.Number >= number).ExecuteDeleteAsync(Cancellation),
            Tampering.RemoveHash => await row.ExecuteUpdateAsync(update => update.SetProperty(row => row.Hash, (byte[]?)null), Cancellation),
            _ => await SwapAsync(context, number, (number % count) + 1),
        };
        Assert.NotEqual(0, changed);
    }

    private static async Task<int> SwapAsync(PodiumContext context, long one, long other)
    {
        await context.Set<AuditRow>().Where(row => row.Number == one).ExecuteUpdateAsync(update => update.SetProperty(row => row.Number, -1), Cancellation);
        await context.Set<AuditRow>().Where(row => row.Number == other).ExecuteUpdateAsync(update => update.SetProperty(row => row.Number, one), Cancellation);
        return await context.Set<AuditRow>().Where(row => row.Number == -1).ExecuteUpdateAsync(update => update.SetProperty(row => row.Number, other), Cancellation);
    }

    private static async Task<Rig> RigAsync(DatabaseKind kind) => new(await TestDatabase.CreateAsync(kind));

    private sealed class Rig : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));

        public Rig(TestDatabase database)
        {
            _database = database;
            Key = new(database.Database, new EphemeralDataProtectionProvider());
            Sealer = new(database.Database, Key, _clock);
            Verification = new(database.Database, Key);
        }

        public Database Database => _database.Database;

        public AuditKey Key { get; }

        public AuditSealer Sealer { get; }

        public AuditVerification Verification { get; }

        public Task WriteAsync(string kind) => Database.WriteAsync(
            context =>
            {
                context.Audit(_clock.Now(), kind, new(ActorKind.Person, 1, "client", "10.0.0.1"), ("thing", "id"), new() { ["text"] = kind });
                return Task.CompletedTask;
            },
            Cancellation);

        public Task EmptyAsync() => Database.WriteAsync(
            async context =>
            {
                await context.Set<AuditHead>().ExecuteDeleteAsync(Cancellation);
                await context.Set<AuditRow>().ExecuteDeleteAsync(Cancellation);
            },
            Cancellation);

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
