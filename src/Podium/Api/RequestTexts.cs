using System.Globalization;
using System.Text.Json;
using Podium.Data;
using Podium.Inventory;

namespace Podium.Api;

/// <summary>What stands in the address of a request.</summary>
internal static class RequestTexts
{
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A part of the path, by its name in the endpoint's pattern.</summary>
    public static string RouteText(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    /// <param name="context">Of the request.</param>
    /// <param name="name">In snake_case; camelCase is taken too.</param>
    /// <returns>Null when it is not there, or empty.</returns>
    public static string? QueryText(this HttpContext context, string name)
        => context.Request.Query[name].ToString() is { Length: > 0 } snake ? snake : context.Request.Query[CamelCase(name)].ToString() is { Length: > 0 } camel ? camel : null;

    /// <exception cref="Refusal">It is no time.</exception>
    public static Moment? QueryMoment(this HttpContext context, string name) => context.QueryText(name) is not { } text
        ? null
        : DateTimeOffset.TryParseExact(text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Moment.From(time)
            : throw new Refusal($"{name} is no time as RFC 3339 writes it, such as 2026-03-04T14:05:00Z.", name);

    /// <summary>The key of a thing of the inventory.</summary>
    /// <exception cref="Refusal">It is no id of that kind.</exception>
    public static long? QueryKey(this HttpContext context, string name, InventoryKind kind) => context.QueryText(name) is not { } text
        ? null
        : InventoryId.TryParse(kind, text, out var key) ? key : throw new Refusal($"{name} is not the id of {Article(kind)}.", name);

    private static string Article(InventoryKind kind) => kind switch
    {
        InventoryKind.Account => "an account",
        InventoryKind.Entitlement => "an entitlement",
        InventoryKind.Resource => "a resource",
        _ => "a resource type",
    };

    private static string CamelCase(string name)
    {
        var words = name.Split('_');
        return JsonNamingPolicy.CamelCase.ConvertName(words[0]) + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
