using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Serving;

/// <summary>The files of the page, which are in the executable.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, PageFile> Files = Load().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Answers with the file of the path; false when there is none.</summary>
    public static async Task<bool> TrySendAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (!Files.TryGetValue(path is "/" ? "/index.html" : path, out var file))
        {
            return false;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
        }

        return true;
    }

    private static IEnumerable<KeyValuePair<string, PageFile>> Load()
    {
        var assembly = typeof(PageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            yield return new($"/{name[Prefix.Length..].Replace('\\', '/')}", new(ContentType(name), content));
        }
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The page has a file of the unknown kind {other}: {name}."),
    };

    private sealed record PageFile(string ContentType, byte[] Content);
}
