using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Baton.Credentials;

namespace Podium.Backups;

/// <summary>Takes an archive apart into a private folder, and says that it is good only when all of it was read and fits its manifest.</summary>
internal static partial class BackupReader
{
    private const string Cut = "it is cut off or was changed";
    private const int LargestManifest = 4 * 1024 * 1024;

    /// <param name="path">The archive, encrypted or not.</param>
    /// <param name="identities">What may open it.</param>
    /// <param name="folder">Empty, and nobody else's.</param>
    /// <param name="cancellationToken">Ends it between two blocks.</param>
    /// <exception cref="BackupException">It is none, or not whole, or not for these identities.</exception>
    public static async Task<BackupManifest> ExtractAsync(string path, IReadOnlyList<AgeIdentity> identities, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            if (!await IsEncryptedAsync(file, cancellationToken))
            {
                return await ReadAsync(file, folder, cancellationToken);
            }

            if (identities.Count == 0)
            {
                throw new BackupException("it is encrypted: give the identity that opens it with --identity-file");
            }

            await using var plaintext = AgeStreams.Decrypt(file, identities);
            return await ReadAsync(plaintext, folder, cancellationToken);
        }
        catch (DecryptionException failure) when (failure.Message.Contains("did not match", StringComparison.Ordinal))
        {
            throw new BackupException("it is encrypted to another identity than that of --identity-file");
        }
        catch (Exception failure) when (failure is DecryptionException or InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new BackupException(Cut);
        }
    }

    private static async Task<bool> IsEncryptedAsync(FileStream file, CancellationToken cancellationToken)
    {
        var beginning = new byte[AgeStreams.Beginning.Length];
        var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        return beginning.AsSpan(0, read).SequenceEqual(AgeStreams.Beginning) || (beginning.AsSpan(0, read) is not [0x1f, 0x8b, ..] ? throw new BackupException("it is no backup of podium") : false);
    }

    private static async Task<BackupManifest> ReadAsync(Stream source, string folder, CancellationToken cancellationToken)
    {
        var archive = new WatchedStream(source);
        var found = new Dictionary<string, BackupPart>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        long unpacked;
        await using (var decompressing = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true))
        {
            var gzip = new WatchedStream(decompressing);
            await using var tar = new TarReader(gzip, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (manifest is not null || entry.EntryType != TarEntryType.RegularFile || !Name().IsMatch(entry.Name) || found.ContainsKey(entry.Name))
                {
                    throw new BackupException(Cut);
                }

                if (entry.Name == BackupManifest.PartName)
                {
                    manifest = BackupManifest.Parse(await ReadManifestAsync(entry, cancellationToken));
                }
                else
                {
                    found.Add(entry.Name, await ExtractAsync(entry, Path.Combine(folder, entry.Name), cancellationToken));
                }
            }

            // To the last byte: the check sum of gzip, and what marks the end of an age file, stand there.
            await gzip.CopyToAsync(Stream.Null, cancellationToken);
            unpacked = gzip.Count;
        }

        await archive.CopyToAsync(Stream.Null, cancellationToken);
        var isToTheEnd = BinaryPrimitives.ReadUInt32LittleEndian(archive.Tail[4..]) == (uint)unpacked;
        return isToTheEnd && manifest is not null && manifest.Parts.Count == found.Count && manifest.Parts.All(part => found.GetValueOrDefault(part.Name) == part)
            ? manifest
            : throw new BackupException(Cut);
    }

    private static async Task<byte[]> ReadManifestAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Length > LargestManifest || entry.DataStream is not { } data)
        {
            throw new BackupException(Cut);
        }

        using var content = new MemoryStream();
        await data.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private static async Task<BackupPart> ExtractAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        long bytes = 0;
        while (entry.DataStream is { } data && await data.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return new(entry.Name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // What an archive names must not lead out of the folder.
    [GeneratedRegex(@"\A(manifest\.json|(database|files|uploads|tables/[a-z0-9_]{1,63})/[A-Za-z0-9][A-Za-z0-9._-]{0,99})\z")]
    private static partial Regex Name();
}
