namespace Baton.C1z;

/// <summary>One clear sentence about a <c>.c1z</c> file that cannot be used. The message names the file and what to do.</summary>
public sealed class C1zException(C1zError error, string message, Exception? inner = null) : Exception(OneLine(message), inner)
{
    public C1zError Error { get; } = error;

    // SQLite quotes names from the file, and a stranger's file may have names that move the cursor of whoever reads the message.
    private static string OneLine(string message) => string.Create(message.Length, message, static (line, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            line[i] = char.IsControl(text[i]) ? '?' : text[i];
        }
    });
}

/// <summary>Why a <c>.c1z</c> file was refused, or could not be written.</summary>
public enum C1zError
{
    /// <summary>There is no such file, or it is empty.</summary>
    Missing,

    /// <summary>The first bytes are not those of a <c>.c1z</c> file, or what follows is not what they promise.</summary>
    NotC1z,

    /// <summary>A v3 (<c>C1Z3</c>) file where one was to be written, or one of a kind that is not known.</summary>
    UnsupportedVersion,

    /// <summary>The file ends early or its contents are damaged.</summary>
    Corrupt,

    /// <summary>Decoding would take more memory or disk than the limits allow.</summary>
    TooLarge,

    /// <summary>A sync was asked for that the file does not hold, or that is not in the needed state.</summary>
    NoSuchSync,

    /// <summary>A sync that the file holds, but that has not ended or is of a type that will not do.</summary>
    UnsuitableSync,

    /// <summary>The file, its folder or the disk refuses the write.</summary>
    NotWritable,
}
