using Baton.Credentials;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>Who calls the platform, and how.</summary>
internal sealed record PlatformOptions
{
    public required ClientId Client { get; init; }

    /// <summary>The client secret in force; asked for each time that it is needed.</summary>
    public required Func<ClientSecret> Secret { get; init; }

    /// <summary>Of <see cref="HostIdentity"/>.</summary>
    public required string HostId { get; init; }

    /// <summary>The process's environment: <c>BATON_C1_API_HOST</c>, <c>HTTPS_PROXY</c> and <c>NO_PROXY</c>.</summary>
    public required Func<string, string?> Variables { get; init; }

    /// <summary>A PEM file with certificate authorities to trust beside the system's; null for none.</summary>
    public string? CertificateAuthorityPath { get; init; }

    /// <summary>
    /// How long a token request may take. It is answered in milliseconds, and all calls wait for it: one that stays silent is a connection
    /// that leads nowhere, and another is to be tried soon.
    /// </summary>
    public TimeSpan TokenTimeout { get; init; } = LongestTokenRequest;

    private static TimeSpan LongestTokenRequest => TimeSpan.FromSeconds(30);

    /// <summary>Where the limit of all requests is shorter, that one.</summary>
    public static TimeSpan TokenTimeoutWithin(TimeSpan limit) => limit < LongestTokenRequest ? limit : LongestTokenRequest;

    public CallLimits Limits { get; init; } = new();
}
