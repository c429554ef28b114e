using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Http;

/// <summary>
/// Adds to each request the headers that something in between wants before it lets a program through (Cloudflare Access, an identity-aware
/// proxy): lines of <c>Name: value</c>. Values are secrets; no message has them.
/// </summary>
/// <param name="inner">Who sends.</param>
/// <param name="lines">The lines in force; asked for with each request, since their file may be replaced.</param>
internal sealed class GatewayHeaders(HttpMessageHandler inner, Func<string> lines) : DelegatingHandler(inner)
{
    // What a request says of itself, and of who we are to the target system.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>What is wrong with the lines, or null.</summary>
    public static string? FindProblem(string text)
    {
        foreach (var (line, number) in text.Split('\n').Select((line, index) => (line.Trim(), index + 1)).Where(each => each.Item1.Length > 0))
        {
            if (Split(line) is not { } header)
            {
                return $"line {number} must be a header, as Name: value";
            }

            if (Ours.Contains(header.Name))
            {
                return $"line {number} must be another header: {header.Name} is set by the connector itself";
            }
        }

        return null;
    }

    /// <summary>The values alone, for those who must not show them; of a line that is no header, all of it.</summary>
    public static IEnumerable<string> ValuesIn(string text)
        => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => Split(line)?.Value ?? line);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = lines();
        if (FindProblem(text) is { } problem)
        {
            throw new ConnectorException(StatusCode.InvalidArgument, $"the file of http-header has changed, and {problem}");
        }

        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(line)!.Value;
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static (string Name, string Value)? Split(string line)
        => line.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value]
            && name.All(IsOfName) && value.All(character => character is '\t' or (>= ' ' and < '\x7f'))
                ? (name, value)
                : null;

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
