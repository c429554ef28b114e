using System.Text.Json;
using Podium.Api;
using Podium.Data;

namespace Podium.Backups;

/// <summary>What a backup says of itself: its last part, made when all the others are known.</summary>
internal sealed record BackupManifest
{
    public const string PartName = "manifest.json";
    public const string ThisFormat = "podium-backup/1";

    public string Format { get; init; } = "";

    /// <summary>The moment that the backup is of.</summary>
    public Moment MadeAt { get; init; }

    /// <summary>The version of podium that made it.</summary>
    public string MadeBy { get; init; } = "";

    public DatabaseKind Database { get; init; }

    /// <summary>The changes of the schema that the database had, in order.</summary>
    public IReadOnlyList<string> Schema { get; init; } = [];

    /// <summary>What people and connectors called: the restored server is to be called the same.</summary>
    public string PublicUrl { get; init; } = "";

    public IReadOnlyList<BackupTable> Tables { get; init; } = [];

    public IReadOnlyList<BackupPart> Parts { get; init; } = [];

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Options);

    /// <exception cref="BackupException">It is no manifest, or that of a later format.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(json, ApiJson.Options) is { Format: ThisFormat } manifest
                ? manifest
                : throw new BackupException("it is of another format than this podium reads: take the version that made it, or a later one");
        }
        catch (JsonException)
        {
            throw new BackupException("its manifest cannot be read");
        }
    }
}

/// <param name="Columns">In the order in which their values were written; empty for SQLite, whose file is copied as a whole.</param>
/// <param name="Sequence">Where the numbers of its keys stand; null where it has none.</param>
internal sealed record BackupTable(string Name, long Rows, IReadOnlyList<string> Columns, BackupSequence? Sequence);

internal sealed record BackupSequence(string Name, long Last, bool IsCalled);

/// <param name="Sha256">Hexadecimal.</param>
internal sealed record BackupPart(string Name, long Bytes, string Sha256);
