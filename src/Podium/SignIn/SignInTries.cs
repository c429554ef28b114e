using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.SignIn;

/// <summary>
/// Counts tries before they are made. Identity counts afterwards, on the row that it read before: a hundred guesses at once are then one failure.
/// </summary>
internal sealed class SignInTries(Database database, TimeProvider clock)
{
    public const int Allowed = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Takes one try.</summary>
    /// <param name="normalizedEmail">As typed, normalised; nobody needs to have it.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>How many are left after this one, and how long there is none; a pause means that this one must not be made.</returns>
    public Task<(bool MayTry, int Left, TimeSpan Pause)> TakeAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        var (key, now) = (Key(normalizedEmail), clock.Now());
        return database.WriteAsync(
            async context =>
            {
                var pauses = context.Set<SignInPause>();
                var old = now - Kept;
                await pauses.Where(pause => pause.LastAt < old).ExecuteDeleteAsync(cancellationToken);
                await context.Database.ExecuteSqlAsync(
                    $"INSERT INTO sign_in_pause (key, failures, last_at) VALUES ({key}, 0, {now.Microseconds}) ON CONFLICT (key) DO NOTHING", cancellationToken);

                // One statement, so that two tries at once are two.
                var forgotten = now - Pause;
                var taken = await pauses.Where(pause => pause.Key == key && (pause.PausedUntil == null || pause.PausedUntil <= now)).ExecuteUpdateAsync(
                    update => update
                        .SetProperty(pause => pause.Failures, pause => pause.LastAt <= forgotten ? 1 : pause.Failures + 1)
                        .SetProperty(pause => pause.LastAt, now)
                        .SetProperty(pause => pause.PausedUntil, (Moment?)null),
                    cancellationToken);
                var pause = await pauses.AsNoTracking().SingleAsync(pause => pause.Key == key, cancellationToken);
                if (taken > 0 && pause.Failures >= Allowed)
                {
                    Moment? until = now + Pause;
                    await pauses.Where(pause => pause.Key == key).ExecuteUpdateAsync(update => update.SetProperty(pause => pause.PausedUntil, until), cancellationToken);
                    return (true, 0, Pause);
                }

                return taken > 0 ? (true, Allowed - pause.Failures, Pause) : (false, 0, pause.PausedUntil!.Value - now);
            },
            cancellationToken);
    }

    /// <summary>After a good one, in its transaction.</summary>
    public static Task ForgetAsync(PodiumContext context, string normalizedEmail, CancellationToken cancellationToken)
    {
        var key = Key(normalizedEmail);
        return context.Set<SignInPause>().Where(pause => pause.Key == key).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Key(string normalizedEmail) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalizedEmail)));
}
