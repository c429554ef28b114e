namespace Podium.Connectors.Uploads;

/// <summary>What a file is, by its first bytes: nothing else on the wire tells.</summary>
internal enum UploadKind
{
    /// <summary>A sync, in the first or the third version of the format.</summary>
    C1z,

    /// <summary>Lines of JSON about one task.</summary>
    DebugLog,
}

internal static class UploadKinds
{
    /// <summary>So many bytes tell.</summary>
    public const int MagicLength = 5;

    /// <summary>Null for neither.</summary>
    public static UploadKind? Of(ReadOnlySpan<byte> start) => start switch
    {
        _ when start.StartsWith("C1ZF\0"u8) || start.StartsWith("C1Z3\0"u8) => UploadKind.C1z,
        [] or [(byte)'{', ..] => UploadKind.DebugLog,
        _ => null,
    };
}
