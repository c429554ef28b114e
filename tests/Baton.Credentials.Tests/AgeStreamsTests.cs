using System.Security.Cryptography;
using Baton.Credentials.Age;

namespace Baton.Credentials.Tests;

public sealed class AgeStreamsTests : IDisposable
{
    private readonly AgeIdentity _identity = AgeIdentity.New(SystemEntropy.Instance);
    private readonly AgeIdentity _other = AgeIdentity.New(SystemEntropy.Instance);

    public static TheoryData<int> Lengths => [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000];

    public void Dispose()
    {
        _identity.Dispose();
        _other.Dispose();
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Encrypt_AroundTheSizeOfAChunk_IsReadByBothReaders(int length)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);

        var file = Encrypt(plaintext);

        using var whole = AgeFile.Decrypt(file, _identity.Identity);
        Assert.Equal(plaintext, whole.Span);
        Assert.Equal(plaintext, Decrypt(file, _identity));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Decrypt_FileThatIsMadeInMemory_IsRead(int length)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(plaintext, Decrypt(_identity.Recipient.Encrypt(plaintext, SystemEntropy.Instance), _identity));
    }

    [Fact]
    public void Encrypt_ToTwo_OpensForEach()
    {
        var file = Encrypt([1, 2, 3], _other.Recipient);

        Assert.Equal([1, 2, 3], Decrypt(file, _identity));
        Assert.Equal([1, 2, 3], Decrypt(file, _other));
    }

    [Fact]
    public void Decrypt_OfSomebodyElse_IsRefused() => Assert.Throws<DecryptionException>(() => Decrypt(Encrypt([1]), _other));

    [Fact]
    public void Decrypt_CutAnywhere_IsRefused()
    {
        var file = Encrypt(RandomNumberGenerator.GetBytes(70_000));

        // All of the header, and places around the ends of the chunks.
        foreach (var length in Enumerable.Range(0, 300).Concat([65_000, file.Length - 4464 - 17, file.Length - 4464 - 16, file.Length - 4464, file.Length - 17, file.Length - 16, file.Length - 1]))
        {
            Assert.Throws<DecryptionException>(() => Decrypt(file[..length], _identity));
        }
    }

    [Fact]
    public void Decrypt_OneBitChanged_IsRefused()
    {
        var file = Encrypt(RandomNumberGenerator.GetBytes(70_000));

        for (var place = 0; place < file.Length; place += place < 300 ? 1 : 4001)
        {
            var changed = file.ToArray();
            changed[place] ^= 1;
            Assert.Throws<DecryptionException>(() => Decrypt(changed, _identity));
        }
    }

    [Fact]
    public void Parse_WhatWasRevealed_IsTheSame()
    {
        using var again = AgeIdentity.Parse($"# a comment\n\n{_identity.Reveal()}\n");

        Assert.StartsWith("AGE-SECRET-KEY-1", _identity.Reveal(), StringComparison.Ordinal);
        Assert.Equal(_identity.Recipient.Text, again.Recipient.Text);
        Assert.Throws<CredentialException>(() => AgeIdentity.Parse(_identity.Recipient.Text));
        Assert.Throws<CredentialException>(() => AgeIdentity.Parse(_identity.Reveal()[..^1]));
    }

    private byte[] Encrypt(byte[] plaintext, params AgeProviderRecipient[] others)
    {
        using var file = new MemoryStream();
        using (var stream = AgeStreams.Encrypt(file, [_identity.Recipient, .. others], SystemEntropy.Instance))
        {
            // In odd pieces, as a writer has them.
            for (var start = 0; start < plaintext.Length; start += 777)
            {
                stream.Write(plaintext, start, Math.Min(777, plaintext.Length - start));
            }
        }

        return file.ToArray();
    }

    private static byte[] Decrypt(byte[] file, AgeIdentity identity)
    {
        using var source = new MemoryStream(file);
        using var stream = AgeStreams.Decrypt(source, [identity]);
        using var plaintext = new MemoryStream();
        stream.CopyTo(plaintext, 501);
        return plaintext.ToArray();
    }
}
