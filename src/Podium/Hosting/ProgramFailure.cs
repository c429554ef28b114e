using Baton.CommandLine;
using Baton.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Podium.Data;
using Podium.People;
using Podium.SignIn;

namespace Podium.Hosting;

/// <summary>What goes wrong outside of this program, as one line that says what to do. Anything else is a bug, and is shown as one.</summary>
internal static class ProgramFailure
{
    /// <returns>Null for a bug.</returns>
    public static string? Describe(Exception failure) => failure switch
    {
        UsageException usage => usage.Hint is { } hint ? $"{usage.Message}; {hint}" : usage.Message,
        ConfigurationException configuration => string.Join("; ", configuration.Problems),
        StartupException or DatabaseException or Refusal or PersonExistsException or LastSuperAdministratorException => failure.Message,
        PostgresException refused => $"PostgreSQL refuses: {refused.MessageText}. Look at --database and at the rights of its user.",
        NpgsqlException unreachable => $"PostgreSQL cannot be reached: {Innermost(unreachable)}. Look at --database.",
        SqliteException { SqliteErrorCode: 26 or 11 } => "The database file is damaged, or is none. Restore a backup.",
        SqliteException sqlite => $"The database file cannot be used: {sqlite.Message}",
        IOException { InnerException: AddressInUseException } inUse => $"{inUse.Message.TrimEnd('.')}. Stop what listens there, or choose another address with --listen or --listen-health.",
        DbUpdateException or InvalidOperationException when failure.InnerException is { } inner => Describe(inner),
        _ => null,
    };

    private static string Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure.Message.TrimEnd('.');
}
