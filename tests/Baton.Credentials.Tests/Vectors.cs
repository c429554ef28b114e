using System.Text.Json;

namespace Baton.Credentials.Tests;

/// <summary>What upstream's cryptography gave for keys made for this purpose; each section has a property here.</summary>
internal static class Vectors
{
    private static readonly Lazy<JsonElement> Document = new(Read);

    /// <summary>The entries of a section, by their names.</summary>
    public static TheoryData<string> Names(string section)
        => [.. Section(section).EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!)];

    public static JsonElement Section(string section) => Document.Value.GetProperty(section);

    public static JsonElement Entry(string section, string name)
        => Section(section).EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);

    /// <summary>A file beside the vectors.</summary>
    public static byte[] File(string name) => System.IO.File.ReadAllBytes(Repository.Fixture("crypto", name));

    public static string Text(this JsonElement entry, string member) => entry.GetProperty(member).GetString()!;

    public static byte[] Hex(this JsonElement entry, string member) => Convert.FromHexString(entry.Text(member));

    public static byte[] Base64(this JsonElement entry, string member) => entry.GetProperty(member).GetBytesFromBase64();

    /// <summary>Upstream's wording of the error; null when there is none.</summary>
    public static string? ErrorText(this JsonElement entry, string member)
        => entry.GetProperty(member) is { ValueKind: JsonValueKind.Object } error ? error.Text("message") : null;

    private static JsonElement Read()
    {
        using var document = JsonDocument.Parse(File("vectors.json"));
        return document.RootElement.Clone();
    }
}
