using System.Text.Json;
using Podium.Api;
using Podium.Data;

namespace Podium.Freezing;

/// <summary>
/// That this server was restored, kept as one value of it. Until somebody resumes it, it is frozen: it does not know what was done, and which
/// credentials were made and revoked, after its backup.
/// </summary>
internal sealed record Restoration
{
    public const string Name = "restoration";

    /// <summary>The moment that the backup is of.</summary>
    public required Moment BackupMadeAt { get; init; }

    public required Moment RestoredAt { get; init; }

    /// <summary>Sessions, tokens and what was under way are ended.</summary>
    public bool IsVoided { get; init; }

    /// <summary>Null while it is frozen.</summary>
    public Moment? ResumedAt { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, ApiJson.Options);

    public static Restoration Parse(string text) => JsonSerializer.Deserialize<Restoration>(text, ApiJson.Options)!;
}
