using System.Text;
using Baton.Credentials;

namespace Baton.Sdk.Connectors;

/// <summary>
/// A secret that a connector made or received: a password, a token. The engine encrypts it for those who asked for it and disposes of it,
/// which zeroes its bytes.
/// </summary>
public sealed class Plaintext : IDisposable
{
    private readonly SecretBuffer _bytes;
    private bool _disposed;

    /// <param name="name">What it is, such as <c>password</c>. Sent in the clear.</param>
    /// <param name="bytes">Copied. The caller's own copy is the caller's to clear.</param>
    public Plaintext(string name, ReadOnlySpan<byte> bytes)
    {
        Name = name;
        _bytes = new(bytes);
    }

    public string Name { get; }

    /// <summary>For people to read. Sent in the clear.</summary>
    public string Description { get; init; } = "";

    /// <summary>When set, the bytes are JSON of this schema. Sent in the clear.</summary>
    public string? Schema { get; init; }

    /// <exception cref="ObjectDisposedException">They are zeroed.</exception>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes.Span;
        }
    }

    /// <summary>Of the UTF-8 of a text. A text that is a string cannot be cleared: prefer bytes where there is a choice.</summary>
    public static Plaintext FromText(string name, ReadOnlySpan<char> text)
    {
        using var bytes = new SecretBuffer(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes.Span);
        return new(name, bytes.Span);
    }

    public void Dispose()
    {
        _disposed = true;
        _bytes.Dispose();
    }

    /// <summary>Its name. The bytes, and how many they are, are nobody's business.</summary>
    public override string ToString() => $"plaintext {Name}";
}
