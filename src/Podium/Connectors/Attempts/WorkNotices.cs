using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Podium.Data;

namespace Podium.Connectors.Attempts;

/// <summary>
/// Carries wake-ups between replicas over PostgreSQL's LISTEN and NOTIFY. Behind a pooler in transaction mode listening seems to work and nothing
/// arrives, so it first sends itself a notice and says in the log when that does not come; work is then found a second later.
/// </summary>
internal sealed partial class WorkNotices(Database database, WorkSignal signal, ILogger<WorkNotices> logger) : BackgroundService
{
    private const string Channel = "podium_work";
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task SendAsync(Database database, string text, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        await context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {text})", cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Kind != DatabaseKind.PostgreSql)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was (EF Core wraps what is transient in exceptions of its own): work is found every second meanwhile.
                LogBroken(failure.Message);
                await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        var options = new NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { Pooling = false, KeepAlive = 30 };
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        var echo = Guid.NewGuid().ToString("N");
        var heard = false;
        connection.Notification += (_, notice) =>
        {
            if (long.TryParse(notice.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var connectorId))
            {
                signal.Wake(connectorId);
            }
            else if (notice.Payload == echo)
            {
                heard = true;
            }
        };
        await connection.OpenAsync(stoppingToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        await SendAsync(database, echo, stoppingToken);
        if (!await connection.WaitAsync(Echo, stoppingToken) && !heard)
        {
            LogDeaf();
        }

        while (true)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "PostgreSQL's notices do not arrive (a pooler in transaction mode?): work is found within a second instead of at once. Give a direct connection.")]
    private partial void LogDeaf();

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Listening to PostgreSQL broke and begins anew: {Reason}")]
    private partial void LogBroken(string reason);
}
