namespace Podium.Data;

/// <summary>What has to be done before a database that holds something gets another schema.</summary>
internal interface IMigrationGuard
{
    /// <param name="last">The last change of the schema that it has.</param>
    /// <param name="cancellationToken">Ends it, and the migration with it.</param>
    Task BeforeAsync(string last, CancellationToken cancellationToken);
}
