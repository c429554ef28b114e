using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Podium.Audit;

/// <summary>Audit rows in words, for pages. What is exported and verified is the row as it is.</summary>
internal static class AuditWords
{
    // Of a checksum: enough to compare it by eye with another; the export has all of it.
    private const int ShownOfChecksum = 12;

    private static readonly FrozenDictionary<string, string> Phrases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_key.created"] = "API key made",
        ["api_key.revoked"] = "API key ended",
        ["app.added"] = "App added",
        ["app.deleted"] = "App deleted",
        ["backup.exported"] = "Backup made",
        ["connector.added"] = "Connector added",
        ["connector.credential.revoked"] = "Credential ended",
        ["connector.credential.rotated"] = "New credential made",
        ["connector.deleted"] = "Connector deleted",
        ["connector.failing"] = "Syncs fail",
        ["connector.introduced"] = "Connector said hello",
        ["connector.owners.set"] = "Owners changed",
        ["connector.paused"] = "Paused",
        ["connector.recovered"] = "Syncs work again",
        ["connector.renamed"] = "Renamed",
        ["connector.resumed"] = "Resumed",
        ["connector.scheduled"] = "Schedule changed",
        ["connector.settings.saved"] = "Settings saved",
        ["connector.settings.tried"] = "Settings tried",
        ["connector.started"] = "Connector started",
        ["connector.types.selected"] = "Resource types chosen",
        ["password.set"] = "Password set",
        ["person.created"] = "Person added",
        ["person.disabled"] = "Person disabled",
        ["person.enabled"] = "Person enabled",
        ["role.granted"] = "Role given",
        ["role.removed"] = "Role taken",
        ["server.restored"] = "Restored from a backup, frozen",
        ["server.resumed"] = "Resumed after a restore",
        ["session.all_ended"] = "Signed out everywhere",
        ["session.begun"] = "Signed in",
        ["session.confirmed"] = "Confirmed who they are",
        ["session.ended"] = "Signed out",
        ["session.refused"] = "Sign-in refused",
        ["sync.applied"] = "Sync applied",
        ["sync.asked"] = "Sync asked for",
        ["sync.confirmed"] = "Held sync confirmed",
        ["sync.discarded"] = "Held sync discarded",
        ["sync.held"] = "Sync needs confirmation",
        ["sync.received"] = "Upload received",
        ["sync.rejected"] = "Upload rejected",
        ["sync.superseded"] = "Held sync superseded",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>The kind itself when there are no words for it.</returns>
    public static string Of(string kind) => Phrases.GetValueOrDefault(kind, kind);

    /// <summary>What is known besides, as the row's <paramref name="details"/> (a JSON object) say it; what is null or nothing is left out.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts(string details)
    {
        using var document = JsonDocument.Parse(details);
        return [.. document.RootElement.EnumerateObject().Select(member => (Name(member.Name), Value(member))).Where(fact => fact.Item2.Length > 0)];
    }

    // Members are named graceSeconds and tries_left alike.
    private static string Name(string member)
        => string.Concat(member.Select(letter => letter == '_' ? " " : char.IsAsciiLetterUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));

    private static string Value(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Number when member.Value.TryGetInt64(out var number) => number.ToString("N0", CultureInfo.InvariantCulture),
        JsonValueKind.Object => string.Join(", ", member.Value.EnumerateObject().Where(part => !IsZero(part.Value)).Select(part => $"{Value(part)} {Name(part.Name)}")),
        JsonValueKind.Array => string.Join(", ", member.Value.EnumerateArray()),
        _ => member.Name == "sha256" && member.Value.GetString() is { Length: > ShownOfChecksum } sum ? sum[..ShownOfChecksum] + "…" : member.Value.ToString(),
    };

    private static bool IsZero(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number == 0;
}
