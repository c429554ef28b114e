using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Podium.Backups;

/// <summary>
/// The archive: a tar of parts, compressed with gzip, the manifest last. Common formats on purpose: what is in it can be looked at, and in need be
/// rescued, without podium. See docs/podium/backup.md.
/// </summary>
internal sealed class BackupWriter : IAsyncDisposable
{
    private readonly GZipStream _gzip;
    private readonly TarWriter _tar;
    private readonly List<BackupPart> _parts = [];

    public BackupWriter(Stream destination)
    {
        _gzip = new(destination, CompressionLevel.Fastest, leaveOpen: true);
        _tar = new(_gzip, TarEntryFormat.Pax, leaveOpen: true);
    }

    public async Task AddFileAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        await AddAsync(name, file, cancellationToken);
    }

    public async Task AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        content.Position = 0;
        _parts.Add(new(name, content.Length, Convert.ToHexStringLower(hash)));
        await WriteAsync(name, content, cancellationToken);
    }

    /// <summary>Writes the manifest, which ends the archive.</summary>
    public async Task EndAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream((manifest with { Parts = _parts }).ToBytes());
        await WriteAsync(BackupManifest.PartName, content, cancellationToken);
        await _tar.DisposeAsync();
        await _gzip.DisposeAsync();
    }

    // Without a manifest, what was written is refused; closing it twice does nothing.
    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _gzip.DisposeAsync();
    }

    private Task WriteAsync(string name, Stream content, CancellationToken cancellationToken) => _tar.WriteEntryAsync(
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancellationToken);
}
