using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Podium.Tests.Connectors.Api;

/// <summary>Calls of the API as a program makes them, and what they answer.</summary>
internal static class ApiCalls
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<(HttpStatusCode Status, JsonObject Body)> CallAsync(this HttpClient program, string method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(new(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var answer = await program.SendAsync(request, Cancellation);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!);
    }

    /// <summary>The answer's body; it has to be a good one.</summary>
    public static async Task<JsonObject> DoAsync(this HttpClient program, string method, string path, JsonNode? body = null)
    {
        var (status, answer) = await program.CallAsync(method, path, body);
        Assert.True(status == HttpStatusCode.OK, $"{method} {path}: {(int)status} {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>It has to be refused, with this status, and the field that is wrong where there is one.</summary>
    /// <returns>The message.</returns>
    public static async Task<string> RefusedAsync(this HttpClient program, HttpStatusCode status, string? field, string method, string path, JsonNode? body = null)
    {
        var (given, answer) = await program.CallAsync(method, path, body);
        Assert.True(given == status, $"{method} {path}: {(int)given} {answer.ToJsonString()}");
        var violation = answer["details"]!.AsArray().FirstOrDefault()?["fieldViolations"]?[0];
        Assert.Equal(field, violation?["field"]!.GetValue<string>());
        return answer["message"]!.GetValue<string>();
    }

    public static string Text(this JsonNode? node) => node!.GetValue<string>();

    public static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
