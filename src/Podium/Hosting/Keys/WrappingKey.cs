using System.Security.Cryptography;
using Baton.Credentials;

namespace Podium.Hosting.Keys;

/// <summary>
/// The key that the secrets in the database hang on, and that is not in the database: a file of its own, made in the data folder for SQLite, given
/// for PostgreSQL, where it must be the same on all replicas.
/// </summary>
internal sealed class WrappingKey : IDisposable
{
    public const string FileName = "wrapping.key";
    public const int Length = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;

    private WrappingKey(byte[] key) => _key = key;

    /// <summary>Reads the given file, or the one of the folder, which is made when there is none.</summary>
    /// <exception cref="StartupException">It cannot be read, or is no key.</exception>
    public static WrappingKey Open(string folder, string? givenFile)
    {
        var path = givenFile ?? Path.Combine(folder, FileName);
        try
        {
            if (givenFile is null && !File.Exists(path))
            {
                using var made = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
                made.Write(RandomNumberGenerator.GetBytes(Length));
                made.Flush(flushToDisk: true);
            }

            var key = File.ReadAllBytes(path);
            return key.Length == Length
                ? new(key)
                : throw new StartupException($"The key file {path} must have exactly {Length} bytes; it has {key.Length}. Make one with: head -c {Length} /dev/urandom > FILE");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key file {path} cannot be read: {failure.Message} Give another one with --key-file.", failure);
        }
    }

    /// <summary>What opens the backups that the server makes for itself: whoever has the key has the server's secrets anyway.</summary>
    public AgeIdentity BackupIdentity() => BackupIdentity(_key);

    /// <summary>Of the bytes of a key file.</summary>
    public static AgeIdentity BackupIdentity(ReadOnlySpan<byte> key)
    {
        using var derived = new SecretBuffer(AgeIdentity.KeySize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived.Span, salt: [], info: "podium backup identity 1"u8);
        return AgeIdentity.FromBytes(derived.Span);
    }

    public byte[] Encrypt(ReadOnlySpan<byte> plaintext)
    {
        var result = new byte[NonceLength + plaintext.Length + TagLength];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(result.AsSpan(0, NonceLength), plaintext, result.AsSpan(NonceLength, plaintext.Length), result.AsSpan(NonceLength + plaintext.Length));
        return result;
    }

    /// <exception cref="CryptographicException">It was encrypted with another key, or is damaged.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> encrypted)
    {
        if (encrypted.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("too short to be encrypted with a wrapping key");
        }

        var plaintext = new byte[encrypted.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Decrypt(encrypted[..NonceLength], encrypted[NonceLength..^TagLength], encrypted[^TagLength..], plaintext);
        return plaintext;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
