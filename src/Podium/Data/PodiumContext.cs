using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Podium.Data;

/// <summary>
/// The model, without a provider. A feature's entities lie in its folder, each with its configuration beside it. Never used to write outside of
/// <see cref="Database.WriteAsync{T}"/>. One subclass a provider exists only because migrations differ.
/// </summary>
internal abstract class PodiumContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>What is done when the transaction is committed: outside of the database, and not when it is rolled back or tried again.</summary>
    public List<Action> Committed { get; } = [];

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Moment>().HaveConversion<MomentConverter>();
        configurationBuilder.Properties<Ksuid>().HaveConversion<KsuidConverter>().HaveMaxLength(Ksuid.Length);
        // By name: a row can be read without the source, and a member can move.
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PodiumContext).Assembly);
        SnakeCase.Apply(modelBuilder.Model);
    }

    private sealed class MomentConverter() : ValueConverter<Moment, long>(moment => moment.Microseconds, value => new Moment(value));

    private sealed class KsuidConverter() : ValueConverter<Ksuid, string>(id => id.ToString(), text => Ksuid.Parse(text));
}

internal sealed class SqlitePodiumContext(DbContextOptions<SqlitePodiumContext> options) : PodiumContext(options);

internal sealed class PostgreSqlPodiumContext(DbContextOptions<PostgreSqlPodiumContext> options) : PodiumContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Byte order, as SQLite's: keyset paging and ids must not depend on the locale of a cluster.
        configurationBuilder.Properties<string>().UseCollation("C");
        configurationBuilder.Properties<Ksuid>().UseCollation("C");
    }
}
