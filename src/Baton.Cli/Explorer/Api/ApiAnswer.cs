using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>One document as the answer.</summary>
internal static class ApiAnswer
{
    public static async Task SendAsync<T>(HttpContext context, T document, JsonTypeInfo<T> json, int status = StatusCodes.Status200OK)
    {
        // Written whole: a document that could not be made must still become a failure, and not half an answer.
        var body = JsonSerializer.SerializeToUtf8Bytes(document, json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
