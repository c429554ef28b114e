using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Podium.Data;

namespace Podium.Design;

// Found by `dotnet ef` alone (eng/add-migration): a model needs a provider, but no database.
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqlitePodiumContext>
{
    public SqlitePodiumContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqlitePodiumContext>();
        DatabaseOptions.Sqlite("design-time.db").Configure(builder);
        return new(builder.Options);
    }
}

internal sealed class PostgreSqlDesignTime : IDesignTimeDbContextFactory<PostgreSqlPodiumContext>
{
    public PostgreSqlPodiumContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgreSqlPodiumContext>();
        DatabaseOptions.PostgreSql("Host=design-time").Configure(builder);
        return new(builder.Options);
    }
}
