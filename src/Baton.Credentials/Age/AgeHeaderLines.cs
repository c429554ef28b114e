using System.Text;

namespace Baton.Credentials.Age;

/// <summary>Walks over the lines of a header, which are ASCII and end in a line feed.</summary>
internal ref struct AgeHeaderLines(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Where the next line starts.</summary>
    public int Position { get; private set; }

    /// <exception cref="DecryptionException">There is no further line, or it is not ASCII.</exception>
    public string Next()
    {
        var rest = _file[Position..];
        var length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new DecryptionException("parsing age header: unexpected end of the file");
        }

        var line = rest[..length];
        if (line.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            throw new DecryptionException("parsing age header: it has other characters than ASCII");
        }

        Position += length + 1;
        return Encoding.ASCII.GetString(line);
    }
}
