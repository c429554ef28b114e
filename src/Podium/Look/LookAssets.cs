using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Podium.Look;

/// <summary>
/// Style sheets, scripts and the icon: part of the executable, so that nothing lies beside it that could be missing or of another version.
/// Their addresses hold a hash of their content, so that a browser keeps them for ever and never has an old one.
/// </summary>
internal static class LookAssets
{
    private const string Folder = "/assets/";

    private static readonly FrozenDictionary<string, Asset> ByName = Load();
    private static readonly FrozenDictionary<string, Asset> ByAddress = ByName.Values.ToFrozenDictionary(asset => asset.Address, StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">There is no such file under Look/Assets.</exception>
    public static string Address(string name) => ByName[name].Address;

    public static void MapAssets(this WebApplication application)
        => application.MapGet(Folder + "{file}", ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        if (!ByAddress.TryGetValue(context.Request.Path.Value!, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var response = context.Response;
        response.ContentType = asset.ContentType;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        var isPacked = context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase));
        if (isPacked)
        {
            response.Headers.ContentEncoding = "br";
        }

        var body = isPacked ? asset.Packed : asset.Body;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        const string Prefix = "asset:";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[Prefix.Length..]))
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string resource, string name)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var body = new MemoryStream();
        stream.CopyTo(body);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(body.ToArray());
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(body.ToArray()))[..12];
        var extension = Path.GetExtension(name);
        return new(name, $"{Folder}{Path.GetFileNameWithoutExtension(name)}.{hash}{extension}", ContentType(extension), body.ToArray(), packed.ToArray());
    }

    private static string ContentType(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"An asset ends with {extension}, whose type is not known here."),
    };

    private sealed record Asset(string Name, string Address, string ContentType, byte[] Body, byte[] Packed);
}
