using Baton.Sdk.Connectors;

namespace Baton.Sdk.Http;

/// <summary>How a connector reaches its target system.</summary>
public sealed record ConnectorHttpOptions
{
    /// <summary>A PEM file with certificate authorities to trust beside the system's; null for none.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Accept any certificate. For a laboratory only.</summary>
    public bool SkipCertificateChecks { get; init; }

    /// <summary>
    /// What there is between here and the target system: <see cref="ConnectorContext.Network"/>. Without it there is no proxy, whatever the
    /// environment says.
    /// </summary>
    public ConnectorNetwork Network { get; init; } = ConnectorNetwork.Direct;

    /// <summary>How many connections, and so requests, may be open at once.</summary>
    public int Parallelism { get; init; } = 8;
}
