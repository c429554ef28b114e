using System.Text.Json.Nodes;

namespace Podium.Api;

/// <summary>An endpoint's answer is an error. The message is what the caller reads: what is wrong and what to do.</summary>
internal sealed class ApiException(ApiCode code, string message, JsonArray? details = null) : Exception(message)
{
    public ApiCode Code => code;

    public JsonArray? Details => details;

    /// <summary>One thing that is not there; also for what exists elsewhere, so that nobody learns of it.</summary>
    public static ApiException NotFound(string kind, string? id) => new(ApiCode.NotFound, $"There is no {kind} {Shown(id ?? "null")}.");

    // What was sent is shown, but not a page of it.
    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
