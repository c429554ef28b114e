namespace Baton.C1z.Sqlite;

/// <summary>The primary result codes that this library tells apart. Source: sqlite.org/rescode.html.</summary>
internal static class SqliteResult
{
    public const int IoError = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int TooBig = 18;
    public const int Constraint = 19;
    public const int NotADatabase = 26;
}
