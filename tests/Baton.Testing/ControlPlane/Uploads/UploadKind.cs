namespace Baton.Testing.ControlPlane.Uploads;

/// <summary>What a file is, by its first bytes: nothing else on the wire tells.</summary>
public enum UploadKind
{
    /// <summary>Neither of the others. Reported as a violation.</summary>
    Unknown,

    /// <summary>A sync in the first or the third version of the format.</summary>
    C1z,

    /// <summary>Lines of JSON, or nothing at all.</summary>
    DebugLog,
}
