using System.Text.Json;
using Baton.Protocol;
using Google.Protobuf;

namespace Baton.C1z.Tests.Support;

/// <summary>A file that upstream wrote, and what upstream's own reader shows of it.</summary>
internal sealed class Fixture
{
    public const string Baseline = "grafana-4users-2orgs";
    public const string TwoSyncs = "grafana-two-syncs";
    public const string Legacy = "grafana-legacy-schema";
    public const string Expansion = "expansion-children-static";

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));

    public Fixture(string name)
    {
        Path = Repository.Fixture("c1z", name + ".c1z");
        using var document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.ChangeExtension(Path, ".json")));
        Json = document.RootElement.Clone();
    }

    public static TheoryData<string> Names { get; } = [Baseline, TwoSyncs, Legacy, Expansion];

    public string Path { get; }

    public JsonElement Json { get; }

    /// <summary>A listing: of the sync that upstream chooses by default, or of the one that is asked for.</summary>
    public T Listing<T>(string kind, string? syncId = null)
        where T : IMessage, new()
    {
        var listings = Json.GetProperty("listings");
        return Parser.Parse<T>((syncId is null ? listings : listings.GetProperty("bySync").GetProperty(syncId)).GetProperty(kind).GetRawText());
    }

    /// <summary>The rows of a table as upstream stored them.</summary>
    public IEnumerable<JsonElement> Rows(string table) => Json.GetProperty("tables").GetProperty(table).EnumerateArray();
}
