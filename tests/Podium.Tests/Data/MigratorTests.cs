using Microsoft.EntityFrameworkCore;
using Podium.Apps;
using Podium.Data;

namespace Podium.Tests.Data;

public sealed class MigratorTests
{
    public static TheoryData<DatabaseKind> Kinds => TestDatabase.Kinds;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task MigrateAsync_EmptyDatabase_FitsTheModel(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        await using var context = database.Database.Open();

        Assert.False(context.Database.HasPendingModelChanges(), "The model was changed: run eng/add-migration.");
        Assert.Empty(await context.Set<App>().ToListAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task MigrateAsync_TwiceAtOnce_TakesTurns(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(kind);

        await Task.WhenAll(database.Migrator.MigrateAsync(Cancellation), database.Migrator.MigrateAsync(Cancellation));

        await using var context = database.Database.Open();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task MigrateAsync_DatabaseOfANewerVersion_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var context = database.Database.Open())
        {
            await context.Database.ExecuteSqlRawAsync(
                "INSERT INTO migrations_history (\"MigrationId\", \"ProductVersion\") VALUES ('99991231000000_Later', '10.0.0')", Cancellation);
        }

        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => database.Migrator.MigrateAsync(Cancellation));

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }
}
