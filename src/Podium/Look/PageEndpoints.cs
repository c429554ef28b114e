using Microsoft.AspNetCore.Antiforgery;

namespace Podium.Look;

internal static class PageEndpoints
{
    /// <summary>The post of a form of a page: with the antiforgery token that every form of ours carries.</summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder endpoints, string pattern, Delegate handler)
        => endpoints.MapPost(pattern, handler)
            .WithMetadata(new RequireAntiforgeryTokenAttribute())
            // The middleware only notes what it found, and stops nothing by itself when the handler does not read the form.
            .AddEndpointFilter((invocation, next) => invocation.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
                ? next(invocation)
                : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status400BadRequest)));

    /// <summary>
    /// The form of this request, with the white space around its values gone (but never that of a password: it may be meant).
    /// </summary>
    public static async Task<PostedForm> ReadPostedFormAsync(this HttpContext context)
        => new(await context.Request.ReadFormAsync(context.RequestAborted));
}

internal sealed class PostedForm(IFormCollection form)
{
    public string this[string name] => form[name].ToString().Trim();

    /// <summary>As it was typed.</summary>
    public string Exact(string name) => form[name].ToString();

    public IReadOnlyList<string> All(string name) => [.. form[name].Select(value => value ?? "")];

    public bool Has(string name) => form.ContainsKey(name);

    /// <summary>These fields as they were typed, for the form that comes back; never one of a secret.</summary>
    public IReadOnlyDictionary<string, string> Typed(params ReadOnlySpan<string> names)
    {
        var typed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            typed[name] = this[name];
        }

        return typed;
    }

    public IEnumerable<string> Names => form.Keys;
}
