using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Podium.Data;

namespace Podium.Hosting.Keys;

/// <summary>Makes the first key, and finds out whether the wrapping key is the one that this database was written with.</summary>
internal sealed class ServerKeys(Database database, IDataProtectionProvider protection, IKeyManager keys, ServerOptions options)
{
    private const string CheckName = "key-check";
    private const string CheckText = "podium";
    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <exception cref="StartupException">The secrets in the database cannot be read with this key.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var protector = protection.CreateProtector(CheckName);
        var known = await database.ReadAsync(context => context.Set<ServerValue>().SingleOrDefaultAsync(value => value.Name == CheckName, cancellationToken));
        if (known is null)
        {
            await MakeAsync(protector, cancellationToken);
            return;
        }

        try
        {
            protector.Unprotect(known.Value);
        }
        catch (CryptographicException refusal)
        {
            var file = options.KeyFile ?? Path.Combine(options.DataDirectory, WrappingKey.FileName);
            throw new StartupException($"The key file {file} is not the one that the secrets of this database were encrypted with. Give the right one with --key-file, or restore it from where it was kept.", refusal);
        }
    }

    /// <summary>One replica makes key and check; on an empty ring each would make one of its own, and not read the other's for a day.</summary>
    private Task MakeAsync(IDataProtector protector, CancellationToken cancellationToken)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            // Nobody else is there; and the ring writes by itself, which must happen before the transaction that keeps others out.
            MakeKey();
        }

        return database.WriteAsync(
            async context =>
            {
                await context.LockAsync(TransactionLock.Keys, cancellationToken);
                if (!await context.Set<ServerValue>().AnyAsync(value => value.Name == CheckName, cancellationToken))
                {
                    MakeKey();
                    context.Add(new ServerValue { Name = CheckName, Value = protector.Protect(CheckText) });
                }
            },
            cancellationToken);
    }

    private void MakeKey()
    {
        if (keys.GetAllKeys().Count == 0)
        {
            // Data Protection looks at the machine's clock, whatever ours says.
            var now = TimeProvider.System.GetUtcNow();
            keys.CreateNewKey(now, now + Life);
        }
    }
}
