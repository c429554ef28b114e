using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.Inventory;

namespace Podium.Benchmarks;

/// <summary>Three years in which one grant in a hundred ended each day, as if there had been a sync a day.</summary>
internal static class LongHistory
{
    private const int Days = 1095;
    private const int EndedADay = 3000;

    public static async Task AddAsync(Database database, long connectorId)
    {
        var now = TimeProvider.System.Now();
        var (app, first) = await database.WriteAsync(
            async context =>
            {
                var connector = await context.Set<Connector>().SingleAsync(one => one.Id == connectorId);
                var causes = Enumerable.Range(0, Days).Select(day => new InventoryCause
                {
                    ConnectorId = connectorId,
                    Kind = InventoryCauseKind.Sync,
                    At = now - TimeSpan.FromDays(Days - day),
                    NotBefore = now - TimeSpan.FromDays(Days - day + 1),
                }).ToList();
                context.AddRange(causes);
                await context.SaveChangesAsync();
                return (connector.AppId, causes.Min(cause => cause.Id));
            },
            CancellationToken.None);
        var (accounts, entitlements) = await database.ReadAsync(async context => (
            await context.Set<AppAccount>().Where(account => account.ConnectorId == connectorId).Select(account => new { First = account.Id }).MinAsync(row => row.First),
            await context.Set<AppEntitlement>().Where(entitlement => entitlement.ConnectorId == connectorId).Select(entitlement => new { First = entitlement.Id }).MinAsync(row => row.First)));
        var (numbers, source) = database.Kind == DatabaseKind.Sqlite
            ? ($"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {(Days * EndedADay) - 1}) ", "n")
            : ("", $"generate_series(0, {(Days * EndedADay) - 1}) AS n(i)");
        const long Day = 86_400_000_000;
        var until = $"({now.Microseconds} - ({Days} - i / {EndedADay}) * {Day})";
        var sql = $"""
            INSERT INTO grant_past (app_id, entitlement_id, account_id, since, held_since, cause_id, is_immutable, until, until_cause_id, is_continued)
            {numbers}SELECT {app}, {entitlements} + (i * 7919) % 1500, {accounts} + (i * 104729) % 100000, {until} - {Day} * (1 + i % 300), {until} - {Day} * (1 + i % 300),
                {first} + i / {EndedADay}, (0 = 1), {until}, {first} + i / {EndedADay}, (0 = 1)
            FROM {source}
            """.Replace("(i * ", database.Kind == DatabaseKind.Sqlite ? "(i * " : "(i::bigint * ", StringComparison.Ordinal);
        await database.WriteAsync(
            async context =>
            {
                context.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
                await context.Database.ExecuteSqlRawAsync(sql);
                await context.Database.ExecuteSqlRawAsync("ANALYZE grant_past; ANALYZE inventory_cause");
            },
            CancellationToken.None);
    }
}
