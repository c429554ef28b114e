using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podium.Data;

/// <summary>Tells of statements and connections that fail.</summary>
internal sealed class DatabaseErrors(Action note) : DbCommandInterceptor, IDbConnectionInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => note();

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        note();
        return Task.CompletedTask;
    }

    public void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) => note();

    public Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        note();
        return Task.CompletedTask;
    }
}
