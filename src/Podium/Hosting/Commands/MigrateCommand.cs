using Baton.CommandLine;
using Podium.Hosting.Settings;

namespace Podium.Hosting.Commands;

/// <summary><c>podium migrate</c>: the schema and the first key, before replicas start.</summary>
internal static class MigrateCommand
{
    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "migrate",
        Summary = "Bring the database to this version, and make its first key",
        Handler = async (invocation, cancellationToken) =>
        {
            var options = PodiumSettings.Resolve(invocation, environment).Options;
            // Not under a running server: it would go on with the schema that it knew.
            using var folder = options.Database is null ? DataFolder.Open(options.DataDirectory) : null;
            await using var command = await DatabaseCommand.OpenAsync(options, migrates: true, cancellationToken);
            await CommandAnswer.WriteAsync(invocation, "The database is up to date.", new() { ["upToDate"] = true });
            return 0;
        },
    };
}
