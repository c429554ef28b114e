namespace Podium.Connectors.Uploads;

/// <summary>Keeps the bytes of uploads until they are applied, and of the last ones for longer.</summary>
internal interface IUploadStore
{
    /// <summary>A place for one upload under a new name. Its bytes are gone again unless it is completed and a row names it.</summary>
    IUploadWriter Begin();

    /// <summary>A file to read the upload from, for as long as it is not disposed of.</summary>
    Task<StoredFile> OpenAsync(string name, CancellationToken cancellationToken);

    Task EraseAsync(string name, CancellationToken cancellationToken);

    /// <summary>Erases what no row names: uploads that a crash cut off.</summary>
    Task SweepAsync(CancellationToken cancellationToken);
}

/// <summary>Takes in the bytes of one upload. Disposed of before <see cref="KeepAsync"/>, it leaves nothing.</summary>
internal interface IUploadWriter : IAsyncDisposable
{
    string Name { get; }

    Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Everything is where a crash does not reach it.</summary>
    Task KeepAsync(CancellationToken cancellationToken);
}

/// <param name="Path">To be read only.</param>
/// <param name="IsTemporary">A copy, which ends with this.</param>
internal sealed record StoredFile(string Path, bool IsTemporary) : IDisposable
{
    public void Dispose()
    {
        if (IsTemporary)
        {
            File.Delete(Path);
        }
    }
}
