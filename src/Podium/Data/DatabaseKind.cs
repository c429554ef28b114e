namespace Podium.Data;

public enum DatabaseKind
{
    /// <summary>One file, one process: the default.</summary>
    Sqlite,

    /// <summary>Any number of replicas.</summary>
    PostgreSql,
}
