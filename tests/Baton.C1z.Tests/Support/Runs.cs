namespace Baton.C1z.Tests.Support;

/// <summary>Rows of <c>v1_sync_runs</c> written by hand: a file with a past.</summary>
internal static class Runs
{
    /// <param name="started">Minutes after midnight of 24 November 2026.</param>
    /// <param name="ended">As <paramref name="started"/>; null for an unfinished sync.</param>
    public static void Add(C1zFile file, string id, string type, int started, int? ended, string linked = "")
        => AddRaw(file, id, type, Time(started), ended is { } end ? Time(end) : null, linked);

    public static void AddRaw(C1zFile file, string id, string type, string started, string? ended, string linked = "")
        => file.Access(database => database.Execute(
            "INSERT INTO v1_sync_runs (sync_id, sync_type, started_at, ended_at, linked_sync_id, sync_token, grants_backfilled) "
            + "VALUES (?1, ?2, ?3, nullif(?4, 'NULL'), ?5, '', 1)",
            id,
            type,
            started,
            ended ?? "NULL",
            linked));

    private static string Time(int minutes) => $"2026-11-24 {minutes / 60:00}:{minutes % 60:00}:00";
}
