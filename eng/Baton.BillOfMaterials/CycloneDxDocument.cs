using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baton.BillOfMaterials;

/// <summary>The bill as CycloneDX 1.6. The same input gives the same bytes.</summary>
internal static class CycloneDxDocument
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(BillSubject subject, RestoredProject restored, IReadOnlyList<DebianPackage> debian)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteString("serialNumber", $"urn:uuid:{SerialNumber(subject, restored, debian)}");
            json.WriteNumber("version", 1);
            WriteMetadata(json, subject);
            json.WriteStartArray("components");
            foreach (var package in restored.Packages)
            {
                WritePackage(json, package);
            }

            foreach (var package in debian)
            {
                WritePackage(json, package);
            }

            json.WriteEndArray();
            WriteDependencies(json, subject, restored, debian);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteMetadata(Utf8JsonWriter json, BillSubject subject)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", subject.Made.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", subject.Reference);
        json.WriteString("name", subject.Name);
        json.WriteString("version", subject.Version);
        WriteLicence(json, "Apache-2.0");
        json.WriteString("purl", subject.Reference);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, NuGetPackage package)
    {
        json.WriteStartObject();
        json.WriteString("type", package.Name.StartsWith("Microsoft.NETCore.App.", StringComparison.Ordinal) ? "framework" : "library");
        json.WriteString("bom-ref", package.Reference);
        if (package.Authors.Length > 0)
        {
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", package.Authors);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("name", package.Name);
        json.WriteString("version", package.Version);
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", "SHA-512");
        json.WriteString("content", package.Hash);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteLicence(json, package.Licence);
        if (package.Copyright.Length > 0)
        {
            json.WriteString("copyright", package.Copyright);
        }

        json.WriteString("purl", package.Reference);
        WriteReferences(json, package);
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, DebianPackage package)
    {
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", package.Reference);
        json.WriteString("name", package.Name);
        json.WriteString("version", package.Version);
        json.WriteString("purl", package.Reference);
        json.WriteEndObject();
    }

    private static void WriteLicence(Utf8JsonWriter json, string? licence)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        json.WriteStartObject("license");
        if (licence is null)
        {
            json.WriteString("name", "as in the package's licence file; see THIRD-PARTY-NOTICES.txt");
        }
        else
        {
            json.WriteString("id", licence);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteReferences(Utf8JsonWriter json, NuGetPackage package)
    {
        json.WriteStartArray("externalReferences");
        foreach (var (type, address) in new[] { ("website", package.Website), ("vcs", package.Repository) })
        {
            if (address is { Length: > 0 })
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("url", address);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter json, BillSubject subject, RestoredProject restored, IReadOnlyList<DebianPackage> debian)
    {
        var references = restored.Packages.ToDictionary(package => package.Name, package => package.Reference, StringComparer.OrdinalIgnoreCase);
        json.WriteStartArray("dependencies");
        Write(subject.Reference, [.. references.Values, .. debian.Select(package => package.Reference)]);
        foreach (var (name, below) in restored.Dependencies.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            Write(references[name], below.Where(references.ContainsKey).Select(each => references[each]));
        }

        json.WriteEndArray();

        void Write(string of, IEnumerable<string> on)
        {
            json.WriteStartObject();
            json.WriteString("ref", of);
            json.WriteStartArray("dependsOn");
            foreach (var reference in on.Order(StringComparer.Ordinal))
            {
                json.WriteStringValue(reference);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>A UUID of version 8 made of what the bill lists, so that another bill has another one and the same has the same.</summary>
    private static Guid SerialNumber(BillSubject subject, RestoredProject restored, IReadOnlyList<DebianPackage> debian)
    {
        var all = string.Join('\n', [subject.Reference, $"{subject.Made.ToUnixTimeSeconds()}", .. restored.Packages.Select(package => $"{package.Reference} {package.Hash}"), .. debian.Select(package => package.Reference)]);
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
