using Baton.Credentials;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.Hosting.Keys;

namespace Podium.Backups;

/// <summary>To whom this server's backups are encrypted. The identity that opens them is shown once, and never kept here.</summary>
internal sealed class BackupRecipients(Database database, TimeProvider clock)
{
    private const string Name = "backup-recipient";

    /// <summary>Null until one was made.</summary>
    public async Task<AgeProviderRecipient?> FindAsync(CancellationToken cancellationToken)
        => await database.ReadAsync(context => context.Set<ServerValue>().SingleOrDefaultAsync(value => value.Name == Name, cancellationToken)) is { } known
            ? AgeProviderRecipient.Parse(known.Value)
            : null;

    /// <summary>Makes a key pair and keeps the public half. Backups that were made before open with the identity of then.</summary>
    /// <exception cref="Refusal">There is one, and it is not to be replaced.</exception>
    public Task<AgeIdentity> MakeAsync(bool replace, Actor actor, CancellationToken cancellationToken)
        => database.WriteAsync(
            async context =>
            {
                await context.LockAsync(TransactionLock.Keys, cancellationToken);
                var known = await context.Set<ServerValue>().SingleOrDefaultAsync(value => value.Name == Name, cancellationToken);
                if (known is not null && !replace)
                {
                    throw new Refusal("There is a key for backups already, and its identity was shown once. If that is lost, make another with --replace.");
                }

                var made = AgeIdentity.New(SystemEntropy.Instance);
                if (known is null)
                {
                    context.Add(new ServerValue { Name = Name, Value = made.Recipient.Text });
                }
                else
                {
                    known.Value = made.Recipient.Text;
                }

                context.Audit(clock.Now(), "backup_key.created", actor, details: new() { ["recipient"] = made.Recipient.Text });
                return made;
            },
            cancellationToken);
}
