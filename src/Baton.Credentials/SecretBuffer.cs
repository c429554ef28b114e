using System.Security.Cryptography;

namespace Baton.Credentials;

/// <summary>Bytes that nobody else may learn: never moved by the garbage collector, which would leave copies, and zeroed when disposed of.</summary>
public sealed class SecretBuffer : IDisposable
{
    private readonly byte[] _bytes;

    public SecretBuffer(int length) => _bytes = GC.AllocateArray<byte>(length, pinned: true);

    public SecretBuffer(ReadOnlySpan<byte> bytes)
        : this(bytes.Length) => bytes.CopyTo(_bytes);

    public int Length => _bytes.Length;

    public Span<byte> Span => _bytes;

    /// <summary>The array itself, for interfaces that take no span.</summary>
    public byte[] Array => _bytes;

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
