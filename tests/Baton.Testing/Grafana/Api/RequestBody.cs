using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Baton.Testing.Grafana.Api;

/// <summary>
/// A body read as Grafana reads one: JSON or a form, member names without regard to capitals.
/// Nothing is refused here; a handler that wants a body asks through <see cref="Binding"/>.
/// </summary>
internal sealed class RequestBody
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.OrdinalIgnoreCase);

    public RequestBody(string? contentType, byte[] bytes)
    {
        IsUntyped = string.IsNullOrEmpty(contentType);
        if (contentType?.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            foreach (var (name, value) in new FormReader(Encoding.UTF8.GetString(bytes)).ReadForm())
            {
                _members[name] = JsonSerializer.SerializeToElement(value.ToString());
            }
        }
        else if (!IsUntyped)
        {
            ReadJson(bytes);
        }
    }

    /// <summary>No content type was given.</summary>
    public bool IsUntyped { get; }

    /// <summary>What a Go decoder says about the body, when it is no JSON.</summary>
    public string? SyntaxError { get; private set; }

    public bool Has(string name) => _members.ContainsKey(name);

    public string Text(string name)
        => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public long Number(string name)
        => !_members.TryGetValue(name, out var value) ? 0
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
            : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), out var written) ? written
            : 0;

    public bool Flag(string name) => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True;

    public IReadOnlyList<string> Texts(string name)
        => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : [];

    private void ReadJson(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    _members[member.Name] = member.Value.Clone();
                }
            }
        }
        catch (JsonException error)
        {
            var text = Encoding.UTF8.GetString(bytes);
            var at = (int)Math.Min(error.BytePositionInLine ?? 0, text.Length);
            SyntaxError = at >= text.Length ? "unexpected EOF"
                : $"invalid character '{text[at]}' looking for beginning of "
                    + (text.AsSpan(0, at).TrimEnd().EndsWith('{') ? "object key string" : "value");
        }
    }
}
