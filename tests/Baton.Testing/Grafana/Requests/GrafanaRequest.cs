namespace Baton.Testing.Grafana.Requests;

/// <summary>One request as the instance saw it. The answer's part is filled in when the answer has been given.</summary>
public sealed class GrafanaRequest
{
    /// <summary>Counts the requests of this instance from 1.</summary>
    public required int Ordinal { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query as sent, less the sub-path of the instance.</summary>
    public required string Path { get; init; }

    public required CredentialKind Credential { get; init; }

    /// <summary>The name in a Basic credential, otherwise null.</summary>
    public string? Login { get; init; }

    /// <summary>Headers other than credentials and cookies, by name without regard to capitals.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Place in the one sequence of starts and ends of all requests: two requests overlapped when their intervals do.</summary>
    public required int StartSequence { get; init; }

    /// <summary>0 while the request is being answered.</summary>
    public int EndSequence { get; internal set; }

    /// <summary>0 until answered, and for good when the connection was cut before any answer.</summary>
    public int Status { get; internal set; }

    public override string ToString() => $"{Method} {Path}";
}
