using System.Text.Json;

namespace Baton.Testing.Grafana.Api;

/// <summary>What is wrong with a body, in the shape of the release: an array of complaints in 6.5, one message later.</summary>
internal static class Binding
{
    /// <summary>Whether the body can be used; when not, the call has been answered.</summary>
    /// <param name="call">The call whose body it is.</param>
    /// <param name="required">The member that must be there and not empty, in the capitals of Grafana's own field.</param>
    public static bool TryBind(this ApiCall call, string? required = null)
    {
        if (call.Version.IsModern)
        {
            if (call.Body.SyntaxError is null && (required is null || IsGiven(call, required)))
            {
                return true;
            }

            call.Fail(400, "bad request data");
            return false;
        }

        if (call.Body.IsUntyped)
        {
            Complain(call, 415, [new("ContentTypeError", "Empty Content-Type")]);
            return false;
        }

        var complaints = new List<Complaint>();
        if (call.Body.SyntaxError is { } error)
        {
            complaints.Add(new("DeserializationError", error));
        }
        else if (call.Body.Has("role") && !Roles.TryRead(call, out _))
        {
            complaints.Add(new("DeserializationError", $"JSON validation error: invalid role value: {call.Body.Text("role")}"));
        }

        if (required is not null && !IsGiven(call, required))
        {
            complaints.Add(new("RequiredError", "Required", required));
        }

        if (complaints.Count > 0)
        {
            Complain(call, complaints[0].Field is null ? 400 : 422, complaints);
        }

        return complaints.Count == 0;
    }

    // An empty role is a role: both decoders take it for Viewer.
    private static bool IsGiven(ApiCall call, string name)
        => name == "Role" ? call.Body.Has(name) : call.Body.Text(name).Length > 0 || call.Body.Number(name) != 0;

    private static void Complain(ApiCall call, int status, IReadOnlyList<Complaint> complaints) => call.Answer.WriteJson(status, json =>
    {
        json.WriteStartArray();
        foreach (var complaint in complaints)
        {
            Write(json, complaint);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, Complaint complaint)
    {
        json.WriteStartObject();
        if (complaint.Field is not null)
        {
            json.WriteStartArray("fieldNames");
            json.WriteStringValue(complaint.Field);
            json.WriteEndArray();
        }

        json.WriteString("classification", complaint.Classification);
        json.WriteString("message", complaint.Message);
        json.WriteEndObject();
    }

    private sealed record Complaint(string Classification, string Message, string? Field = null);
}
