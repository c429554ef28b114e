using Baton.C1z;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>What an operation works with.</summary>
internal sealed record OperationContext
{
    /// <summary>Null for an operation on files alone, which asks nobody.</summary>
    public required IConnector? Made { private get; init; }

    public IConnector Connector => Made ?? throw new InvalidOperationException("An operation on files alone has no connector.");

    public required Change Change { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The file of <c>--file</c>, as the user wrote it; empty when there is none.</summary>
    public required string File { get; init; }

    public required ProcessEnvironment Environment { get; init; }

    public required C1zOptions FileOptions { get; init; }

    /// <summary>How often in a row a request is repeated that fails with what passes by itself.</summary>
    public required int RetryLimit { get; init; }

    /// <summary>The path of <see cref="File"/>.</summary>
    /// <exception cref="ConfigurationException">None is given.</exception>
    public string RequireFile()
        => File.Length > 0 ? Path.Combine(Environment.WorkingDirectory, File) : throw new ConfigurationException("c1zPath must be set when in on-demand mode (--file)");

    /// <summary>The connector, after it has proved that the target system answers.</summary>
    public async Task<IConnector> ConnectAsync(CancellationToken cancellationToken)
    {
        await new RetryPolicy(RetryLimit, Environment.Time, Logger).RunAsync(() => Connector.ValidateAsync(cancellationToken), cancellationToken);
        return Connector;
    }
}
