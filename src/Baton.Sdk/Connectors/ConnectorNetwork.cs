namespace Baton.Sdk.Connectors;

/// <summary>What there is between a connector and its target system. A connector hands it on to its HTTP client, and looks at none of it.</summary>
public sealed record ConnectorNetwork
{
    /// <summary>Nothing.</summary>
    public static ConnectorNetwork Direct { get; } = new();

    /// <summary>The process's environment, of which <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c> count.</summary>
    public Func<string, string?> Variables { get; init; } = static _ => null;

    /// <summary>Headers that something in between wants to see with each request: lines of <c>Name: value</c>, which are secrets.</summary>
    public Func<string> Headers { get; init; } = static () => "";
}
