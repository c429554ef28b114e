using System.Text;

namespace Baton.Configuration.Secrets;

/// <summary>
/// A file that holds one secret. It is opened by its path each time, since a secret that Kubernetes mounts is replaced by turning a
/// symbolic link in the path to another folder.
/// </summary>
/// <param name="setting">The setting that names the file, for messages.</param>
/// <param name="path">Absolute.</param>
internal sealed class SecretFile(string setting, string path)
{
    private const int MostBytes = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Setting => setting;

    public string Path => path;

    /// <summary>What is in it now, without the one line ending at its end.</summary>
    /// <exception cref="ConfigurationException">It holds nothing that could be a secret; the message shows none of it.</exception>
    public SecretReading Read()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[MostBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var isPublic = !OperatingSystem.IsWindows() && file.CanSeek && File.GetUnixFileMode(file.SafeFileHandle).HasFlag(UnixFileMode.OtherRead);
            return new(Text(bytes.AsSpan(0, length)), IsRepeatable: file.CanSeek, isPublic);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable("does not exist", missing);
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException or ArgumentException)
        {
            throw Unusable(Directory.Exists(path) ? "is a folder; name the file in it" : $"cannot be read: {refusal.Message}", refusal);
        }
    }

    private string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            throw Unusable($"is larger than {MostBytes / 1024} KiB, which no secret is");
        }

        var rest = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        rest = rest.EndsWith("\r\n"u8) ? rest[..^2] : rest.EndsWith("\n"u8) ? rest[..^1] : rest;
        if (rest.IsEmpty)
        {
            throw Unusable("is empty");
        }

        try
        {
            return rest.Contains((byte)0) ? throw Unusable("holds binary data instead of text in UTF-8") : Utf8.GetString(rest);
        }
        catch (DecoderFallbackException)
        {
            // Its message would show bytes of the secret.
            throw Unusable("holds binary data instead of text in UTF-8");
        }
    }

    private ConfigurationException Unusable(string why, Exception? cause = null) => new($"{setting}: the file {path} {why}", cause);
}

/// <summary>A secret as it was read.</summary>
/// <param name="Text">Not empty.</param>
/// <param name="IsRepeatable">Not of a pipe, which gives its content once.</param>
/// <param name="IsPublic">Every account of the machine may read the file.</param>
internal sealed record SecretReading(string Text, bool IsRepeatable, bool IsPublic)
{
    // A record would print the text.
    public override string ToString() => nameof(SecretReading);
}
