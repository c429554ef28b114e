using System.Text;
using System.Text.Json.Nodes;

namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>
/// What cannot be the same in two servers, API keys and invite codes: learnt from one answer, and used in place of the recorded ones.
/// </summary>
internal sealed class Secrets
{
    private const string RecordedKey = "<api-key>";

    // By the name that the recordings gave them when they were made.
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    // Recorded code to ours.
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);

    /// <summary>Who is meant by a viewer.</summary>
    public (string Login, string Password) Viewer { get; set; } = ("ada", "s3cret-pass");

    /// <summary>The key whose holder calls himself <c>api_key</c>.</summary>
    public string OfBasic { get; set; } = "key-org2";

    /// <summary>A key that was there before the first exchange, by the end of the name that the recordings gave it.</summary>
    public void Know(string name, string key) => _keys.Add($"key-{name}", key);

    public string Translate(string text)
        => _codes.Aggregate(text, (current, code) => current.Replace(code.Key, code.Value, StringComparison.Ordinal));

    public string? Authorization(string credential) => credential switch
    {
        "none" => null,
        "basic:malformed" => "Basic !",
        "bearer:invalid" => "Bearer not-a-key",
        "bearer:api-key-expired" => $"Bearer {_keys["k-exp"]}",
        "bearer:api-key-Admin-org2" => $"Bearer {_keys["key-org2"]}",
        "basic:api_key" => Basic("api_key", _keys[OfBasic]),
        "basic:server-admin" => Basic("admin", "admin"),
        "basic:wrong-password" => Basic("admin", "wrong"),
        "basic:unknown-user" => Basic("ghost", "s3cret-pass"),
        "basic:lock-wrong" => Basic("r5", "wrong"),
        "basic:lock-right" => Basic("r5", "s3cret-pass"),
        "basic:viewer" => Basic(Viewer.Login, Viewer.Password),
        "basic:editor" => Basic("dora", "s3cret-pass"),
        "basic:org-admin" => Basic("eve", "s3cret-pass"),
        "basic:orphan" => Basic("org2", "s3cret-pass"),
        "basic:disabled" => Basic("bob@example.com", "s3cret-pass"),
        "basic:editor-r2" => Basic("r2", "s3cret-pass"),
        _ when credential.StartsWith("bearer:api-", StringComparison.Ordinal) => $"Bearer {_keys[credential["bearer:api-".Length..]]}",
        _ => throw new ArgumentException($"No credential is known as '{credential}'.", nameof(credential)),
    };

    /// <summary>Remembers what took the place of recorded secrets, and puts it where a key was struck out.</summary>
    public void Learn(JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonArray expectedRows && actual is JsonArray actualRows)
        {
            foreach (var (expectedRow, actualRow) in expectedRows.Zip(actualRows))
            {
                Learn(expectedRow, actualRow);
            }
        }
        else if (expected is JsonObject recorded && actual is JsonObject ours)
        {
            if (recorded["key"]?.ToString() == RecordedKey && ours["key"]?.ToString() is { Length: > 0 } key)
            {
                _keys.Add(recorded["name"]!.ToString(), key);
                recorded["key"] = key;
            }

            if (recorded["code"]?.ToString() is { } recordedCode && ours["code"]?.ToString() is { Length: > 0 } code)
            {
                _codes.TryAdd(recordedCode, code);
            }
        }
    }

    private static string Basic(string login, string password)
        => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}"))}";
}
