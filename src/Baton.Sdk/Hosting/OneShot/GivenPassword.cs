using System.Security.Cryptography;
using Baton.Configuration;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>A password from standard input. There is no flag for one: whoever may list processes would read it.</summary>
internal static class GivenPassword
{
    private const int Longest = 1024;

    /// <summary>All that there is to read, but for one line break at its end.</summary>
    /// <exception cref="ConfigurationException">There is no password, or something else. The message does not show it.</exception>
    public static async Task<Plaintext> ReadAsync(ProcessEnvironment environment, CancellationToken cancellationToken)
    {
        if (environment.InputIsTerminal)
        {
            throw Wrong("standard input is a terminal, which would show it: give a file or a pipe, as in < password.txt");
        }

        var bytes = GC.AllocateArray<byte>(Longest + 2, pinned: true);
        try
        {
            var length = await environment.Input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return Parse(bytes.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static Plaintext Parse(ReadOnlySpan<byte> read)
    {
        var password = read.EndsWith("\r\n"u8) ? read[..^2] : read.EndsWith("\n"u8) ? read[..^1] : read;
        if (password.Length is 0 or > Longest)
        {
            throw Wrong(password.Length == 0 ? "there is nothing on standard input" : $"it is longer than {Longest} bytes");
        }

        return password.ContainsAny("\r\n"u8) ? throw Wrong("there is more than one line on standard input")
            : System.Text.Unicode.Utf8.IsValid(password) ? new("password", password)
            : throw Wrong("it is not UTF-8");
    }

    private static ConfigurationException Wrong(string why) => new($"create-account-password-stdin: no password: {why}");
}
