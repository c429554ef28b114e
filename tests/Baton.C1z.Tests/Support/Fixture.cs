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
        Path = System.IO.Path.Combine(Folder(), name + ".c1z");
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

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Baton.slnx")))
            {
                var fixtures = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, "../shared/fixtures/c1z"));
                return Directory.Exists(fixtures)
                    ? fixtures
                    : throw new DirectoryNotFoundException($"The fixtures are not in {fixtures}: they are kept beside the repository.");
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository: no folder above it holds Baton.slnx.");
    }
}
