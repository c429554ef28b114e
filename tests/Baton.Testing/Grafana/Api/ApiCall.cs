using System.Globalization;
using System.Text.Json;
using Baton.Testing.Grafana.State;
using Microsoft.AspNetCore.Http;

namespace Baton.Testing.Grafana.Api;

/// <summary>One request on its way through a handler, and the ways in which handlers answer.</summary>
internal sealed class ApiCall
{
    public required GrafanaState State { get; init; }

    public required FakeGrafanaOptions Options { get; init; }

    public required string RootUrl { get; init; }

    public required HttpRequest Http { get; init; }

    public required RequestBody Body { get; init; }

    public required ApiAnswer Answer { get; init; }

    public required DateTimeOffset Now { get; init; }

    public Caller Caller { get; set; } = Caller.Nobody;

    public string[] RouteValues { get; set; } = [];

    public GrafanaVersion Version => Options.Version;

    public string? Query(string name) => Http.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>A number in the query; what is no number, or below the least, counts as absent.</summary>
    public int QueryNumber(string name, int absent, int least = 1)
        => int.TryParse(Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : absent;

    /// <summary>An id in the path. Old releases read what is no number as 0; later ones answer 400, and the handler is done.</summary>
    public bool TryId(int index, string name, out long id)
    {
        if (long.TryParse(RouteValues[index], NumberStyles.None, CultureInfo.InvariantCulture, out id) || !Version.IsModern)
        {
            return true;
        }

        Fail(400, $"{name} is invalid");
        return false;
    }

    public void Json(Action<Utf8JsonWriter> write) => Answer.WriteJson(200, write);

    public void Ok(string message) => Say(200, message);

    public void Ok(string message, string idName, long id) => Answer.WriteJson(200, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteNumber(idName, id);
        json.WriteEndObject();
    });

    public void Fail(int status, string message) => Say(status, message);

    /// <summary>Answers in the words of 6.5, or in those of a later major release and what came after it.</summary>
    public void Fail(int status, string message, string later, int since) => Say(status, Version.IsAtLeast(since) ? later : message);

    /// <summary>The structured error of later releases.</summary>
    public void FailWithId(int status, string messageId, string message) => Answer.WriteJson(status, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("statusCode", status);
        json.WriteString("messageId", messageId);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    /// <summary>403, naming the action that is missing where the release knows actions.</summary>
    public void Deny(string? action)
    {
        if (!Version.IsModern || action is null)
        {
            Fail(403, "Permission denied");
            return;
        }

        Answer.WriteJson(403, json =>
        {
            json.WriteStartObject();
            json.WriteString("accessErrorId", $"ACE{Now.ToUnixTimeSeconds() % 10_000_000_000:d10}");
            json.WriteString("message", $"You'll need additional permissions to perform this action. Permissions needed: {action}");
            json.WriteString("title", "Access denied");
            json.WriteEndObject();
        });
    }

    private void Say(int status, string message) => Answer.WriteJson(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteEndObject();
    });
}
