using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Podium.Data;
using Podium.Hosting.Keys;

namespace Podium.Audit;

/// <summary>
/// The key that signs for this server, the same on all replicas, encrypted in the database. P-256, since every openssl verifies it.
/// </summary>
internal sealed class AuditKey(Database database, IDataProtectionProvider protection)
{
    private const string Name = "audit-signing-key";

    /// <summary>Made when there is none.</summary>
    public async Task<ECDsa> OpenAsync(CancellationToken cancellationToken)
    {
        var protector = protection.CreateProtector(Name);
        var text = await database.ReadAsync(context => FindAsync(context, cancellationToken)) ?? await database.WriteAsync(
            async context =>
            {
                await context.LockAsync(TransactionLock.Keys, cancellationToken);
                if (await FindAsync(context, cancellationToken) is { } made)
                {
                    return made;
                }

                using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var value = new ServerValue { Name = Name, Value = protector.Protect(key.ExportPkcs8PrivateKeyPem()) };
                context.Add(value);
                return value.Value;
            },
            cancellationToken);
        var opened = ECDsa.Create();
        opened.ImportFromPem(protector.Unprotect(text));
        return opened;
    }

    public static byte[] Sign(ECDsa key, string text) => key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public static bool IsSigned(ECDsa key, string text, ReadOnlySpan<byte> signature)
        => key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static Task<string?> FindAsync(PodiumContext context, CancellationToken cancellationToken)
        => context.Set<ServerValue>().Where(value => value.Name == Name).Select(value => value.Value).SingleOrDefaultAsync(cancellationToken);
}
