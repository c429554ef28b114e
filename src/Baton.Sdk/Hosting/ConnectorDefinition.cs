using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Settings;

namespace Baton.Sdk.Hosting;

/// <summary>A connector as a program: what it is called, what can be configured, and how it is made.</summary>
public sealed record ConnectorDefinition
{
    /// <summary>The name of the executable.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Where its source is, as a path such as <c>github.com/owner/name</c>; the platform is told. Empty for not said.</summary>
    public string Package { get; init; } = "";

    /// <summary>One line for the help.</summary>
    public required string Summary { get; init; }

    public required ConnectorSchema Schema { get; init; }

    /// <summary>
    /// Makes the connector from a checked configuration. It may refuse what only it can judge, with a <see cref="ConnectorException"/>;
    /// it does not talk to the target system yet.
    /// </summary>
    public required Func<ResolvedConfiguration, ConnectorContext, IConnector> Create { get; init; }

    /// <summary>Makes one with default settings, to be asked what it can do and never to be run.</summary>
    public required Func<ConnectorContext, IConnector> CreateDefault { get; init; }

    /// <summary>
    /// Names what the configuration points to, without secrets: two configurations of the same name sync the same thing, and one may go
    /// on with the interrupted sync of the other.
    /// </summary>
    public required Func<ResolvedConfiguration, string> Source { get; init; }
}
