using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Baton.Credentials;
using Baton.Protocol.Connector.V2;
using Grpc.Core;

namespace Baton.Sdk.Connectors;

/// <summary>
/// Random passwords: first what the rules demand, then any of the 94 printable ASCII characters up to the length, then all of it shuffled.
/// </summary>
/// <param name="below">Picks one of the numbers from 0 to below its argument, each as likely as the others.</param>
internal sealed class PasswordGenerator(Func<int, int> below)
{
    public const int MinLength = 8;

    // Nothing takes a password of this length. A larger number is a mistake, and would only cost memory.
    public const int MaxLength = 4096;

    private static readonly Rune[] Upper = Characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly Rune[] Lower = Characters("abcdefghijklmnopqrstuvwxyz");
    private static readonly Rune[] Digits = Characters("0123456789");
    private static readonly Rune[] Symbols = Characters("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    private static readonly Rune[] All = [.. Upper, .. Lower, .. Digits, .. Symbols];
    private static readonly (Rune[] Characters, long Count)[] OneOfEach = [(Upper, 1), (Lower, 1), (Digits, 1), (Symbols, 1)];

    public static PasswordGenerator Secure { get; } = new(RandomNumberGenerator.GetInt32);

    /// <param name="name">The name of the plaintext.</param>
    /// <param name="length">In Unicode characters.</param>
    /// <param name="constraints">Any at all, even one that demands nothing, take the place of the rule that each class must occur.</param>
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: the rules cannot be met.</exception>
    public Plaintext Generate(string name, long length, IReadOnlyList<PasswordConstraint> constraints)
    {
        if (length is < MinLength or > MaxLength)
        {
            throw Invalid("invalid password length");
        }

        var demanded = constraints.Count == 0 ? OneOfEach : [.. constraints.Select(Demand)];
        var minimum = demanded.Sum(demand => demand.Count);
        if (minimum > length)
        {
            throw Invalid($"password length {length} is less than the sum of constraints minimums ({minimum})");
        }

        var password = GC.AllocateArray<Rune>((int)length, pinned: true);
        try
        {
            Fill(password, demanded);
            Shuffle(password);
            return Encode(name, password);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(password.AsSpan()));
        }
    }

    private static (Rune[] Characters, long Count) Demand(PasswordConstraint constraint, int index)
    {
        var characters = Characters(constraint.CharSet);
        return characters.Length > 0 || constraint.MinCount == 0
            ? (characters, constraint.MinCount)
            : throw Invalid($"password constraint {index} demands {constraint.MinCount} characters of an empty set");
    }

    // By characters, not by bytes or UTF-16 units: half of a character is none.
    private static Rune[] Characters(string text) => [.. text.EnumerateRunes()];

    private static Plaintext Encode(string name, ReadOnlySpan<Rune> password)
    {
        using var utf8 = new SecretBuffer(password.Length * 4);
        var written = 0;
        foreach (var character in password)
        {
            written += character.EncodeToUtf8(utf8.Span[written..]);
        }

        return new(name, utf8.Span[..written]);
    }

    private static ConnectorException Invalid(string message) => new(StatusCode.InvalidArgument, message);

    private void Fill(Span<Rune> password, (Rune[] Characters, long Count)[] demanded)
    {
        var place = 0;
        foreach (var (characters, count) in demanded)
        {
            for (var picked = 0; picked < count; picked++)
            {
                password[place++] = characters[below(characters.Length)];
            }
        }

        while (place < password.Length)
        {
            password[place++] = All[below(All.Length)];
        }
    }

    // Fisher and Yates: every order is as likely as the others.
    private void Shuffle(Span<Rune> password)
    {
        for (var last = password.Length - 1; last > 0; last--)
        {
            var other = below(last + 1);
            (password[last], password[other]) = (password[other], password[last]);
        }
    }
}
