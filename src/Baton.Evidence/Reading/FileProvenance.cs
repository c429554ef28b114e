using System.Reflection;
using System.Security.Cryptography;
using Baton.C1z.Syncs;

namespace Baton.Evidence.Reading;

/// <summary>Where the facts of a review come from, so that whoever holds the report can check it against the file.</summary>
/// <param name="FileName">Without its folder.</param>
/// <param name="Sha256">Of the file, in lower-case hexadecimal digits.</param>
public sealed record FileProvenance(string FileName, long Size, string Sha256, SyncRun Run)
{
    private const int SourceDigits = 16;

    /// <summary>
    /// The mark that every row carries: the beginning of the file's hash, behind a letter that keeps it text in a spreadsheet, and the sync.
    /// </summary>
    public string Source { get; } = $"f{Sha256[..SourceDigits]}.{Run.Id}";

    public static string ToolVersion { get; }
        = typeof(FileProvenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static FileProvenance Of(string path, SyncRun run) => new(Path.GetFileName(path), new FileInfo(path).Length, Hash(path), run);

    /// <summary>The SHA-256 of a file in lower-case hexadecimal digits.</summary>
    public static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
