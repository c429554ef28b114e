namespace Baton.Testing.ControlPlane.Uploads;

/// <summary>A file that was uploaded completely, and whose digest is right.</summary>
public sealed record Upload
{
    public required string TaskId { get; init; }

    public required string HostId { get; init; }

    public required UploadKind Kind { get; init; }

    /// <summary>Where the control plane keeps it, until it is disposed of.</summary>
    public required string Path { get; init; }

    public required long Length { get; init; }

    /// <summary>The lengths of its chunks, in order.</summary>
    public required IReadOnlyList<int> Chunks { get; init; }
}
