using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.CommandLine;

namespace Podium.Hosting.Commands;

/// <summary>What a command prints: a sentence, or with <c>-o json</c> the same facts for a program.</summary>
internal static class CommandAnswer
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StringFlag Format { get; } = new("output-format", "How the answer is printed: text, json", "text") { Short = 'o', Persistent = true };

    /// <exception cref="UsageException">There is no such format.</exception>
    public static bool IsJson(Invocation invocation) => invocation.Flags.Get(Format) switch
    {
        "json" => true,
        "text" => false,
        var other => throw new UsageException($"--output-format must be text or json, not '{other}'"),
    };

    public static Task WriteAsync(Invocation invocation, string text, JsonObject facts)
        => invocation.Output.WriteLineAsync(IsJson(invocation) ? facts.ToJsonString(Json) : text);
}
