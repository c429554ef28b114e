using Baton.CommandLine;
using Podium.Audit;
using Podium.Backups;
using Podium.Data;
using Podium.Freezing;
using Podium.Hosting.Keys;
using Podium.Hosting.Settings;
using Podium.People;
using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Hosting.Commands;

/// <summary>What a command that works on the database, beside a running server or without one, has of it.</summary>
internal sealed class DatabaseCommand : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private DatabaseCommand(ServiceProvider services, ServerOptions options) => (_services, Options) = (services, options);

    public ServerOptions Options { get; }

    /// <summary>A handler that runs with the services of a database whose schema is up to date.</summary>
    public static CommandHandler Handler(ProgramEnvironment environment, Func<Invocation, DatabaseCommand, CancellationToken, Task<int>> run) => async (invocation, cancellationToken) =>
    {
        await using var command = await OpenAsync(PodiumSettings.Resolve(invocation, environment).Options, migrates: true, cancellationToken);
        return await run(invocation, command, cancellationToken);
    };

    /// <param name="options">Where it is.</param>
    /// <param name="migrates">Whether the schema is brought up to date first; otherwise it is taken as it is.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task<DatabaseCommand> OpenAsync(ServerOptions options, bool migrates, CancellationToken cancellationToken)
    {
        UnicodeTables.Check();
        if (options.Database is null)
        {
            DataFolder.Make(options.DataDirectory);
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddData(options.DatabaseOptions);
        services.AddKeys(options);
        services.AddPeople();
        services.AddSignIn();
        services.AddTokens();
        services.AddAudit();
        services.AddFreezing();
        services.AddBackups();
        var command = new DatabaseCommand(services.BuildServiceProvider(), options);
        if (migrates)
        {
            await command.Get<Migrator>().MigrateAsync(cancellationToken);
            await command.Get<ServerKeys>().CheckAsync(cancellationToken);
        }

        return command;
    }

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    /// <exception cref="StartupException">Nobody has that address.</exception>
    public async Task<PersonRow> PersonAsync(string email, CancellationToken cancellationToken)
        => await Get<PeopleList>().FindByEmailAsync(email, cancellationToken) ?? throw new StartupException($"Nobody has the address '{email}'. Make that person with: podium user create --email {email} …");

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
