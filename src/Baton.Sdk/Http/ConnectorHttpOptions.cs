namespace Baton.Sdk.Http;

/// <summary>How a connector reaches its target system.</summary>
public sealed record ConnectorHttpOptions
{
    /// <summary>A PEM file with certificate authorities to trust beside the system's; null for none.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>Accept any certificate. For a laboratory only.</summary>
    public bool SkipCertificateChecks { get; init; }

    /// <summary>How many connections, and so requests, may be open at once.</summary>
    public int Parallelism { get; init; } = 8;
}
