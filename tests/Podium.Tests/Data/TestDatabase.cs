using Baton.Testing.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Podium.Data;

[assembly: AssemblyFixture(typeof(Podium.Tests.Data.DatabaseServers))]

namespace Podium.Tests.Data;

/// <summary>The PostgreSQL of a test run, started by the first test that wants it.</summary>
public sealed class DatabaseServers : IAsyncDisposable
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static PostgreSqlServer? _postgreSql;

    internal static async Task<PostgreSqlServer> PostgreSqlAsync()
    {
        await Turn.WaitAsync();
        try
        {
            return _postgreSql ??= await PostgreSqlServer.StartAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            Turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgreSql is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _postgreSql.DisposeAsync();
        }
    }
}

/// <summary>A database of its own for one test, with the schema, on either server. The theories run over <see cref="Kinds"/>.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string? _folder;

    private TestDatabase(DatabaseOptions options, string? folder)
    {
        Options = options;
        _folder = folder;
        _services = new ServiceCollection().AddData(options).BuildServiceProvider();
    }

    public static TheoryData<DatabaseKind> Kinds { get; } = [DatabaseKind.Sqlite, DatabaseKind.PostgreSql];

    public DatabaseOptions Options { get; }

    public Database Database => _services.GetRequiredService<Database>();

    public Migrator Migrator => _services.GetRequiredService<Migrator>();

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        var database = await CreateEmptyAsync(kind);
        await database.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("podium-tests-").FullName;
            return new(DatabaseOptions.Sqlite(Path.Combine(folder, "podium.db")), folder);
        }

        var server = await DatabaseServers.PostgreSqlAsync();
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Database=postgres");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new(DatabaseOptions.PostgreSql($"{server.ConnectionString};Database={name}"), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_folder is null)
        {
            // A pool keeps its connections for minutes, and every test has a pool of its own.
            await using var connection = new NpgsqlConnection(Options.ConnectionString);
            NpgsqlConnection.ClearPool(connection);
        }
        else
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
