using Baton.Testing.Grafana.Requests;

namespace Baton.Testing.Grafana;

/// <summary>How the instance is configured and hosted. The defaults are Grafana's own.</summary>
public sealed record FakeGrafanaOptions
{
    public GrafanaVersion Version { get; init; } = GrafanaVersion.V11_3;

    public GrafanaEdition Edition { get; init; } = GrafanaEdition.OpenSource;

    /// <summary>What the health and settings routes call the version, when it is not <see cref="Version"/>.</summary>
    public string? AnnouncedVersion { get; init; }

    public string Commit { get; init; } = "83b9528bce";

    /// <summary>When it was built, in seconds since 1970.</summary>
    public long BuildStamp { get; init; } = 1795430162;

    /// <summary>Leaves version and commit out of the health answer.</summary>
    public bool HideVersion { get; init; }

    public string AdminLogin { get; init; } = "admin";

    public string AdminPassword { get; init; } = "admin";

    public string AdminEmail { get; init; } = "admin@localhost";

    /// <summary>The clock of everything that the instance stamps or measures.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    // [users], [auth], [smtp], [quota]

    public bool AutoAssignOrg { get; init; } = true;

    public long AutoAssignOrgId { get; init; } = 1;

    public GrafanaRole AutoAssignOrgRole { get; init; } = GrafanaRole.Viewer;

    public bool AllowOrgCreate { get; init; }

    public bool EditorsCanAdmin { get; init; }

    /// <summary>Logins left out of member listings, after paging, for everybody but server administrators and themselves.</summary>
    public IReadOnlyCollection<string> HiddenUsers { get; init; } = [];

    /// <summary><c>user_invite_max_lifetime_duration</c>, from 7.3 on.</summary>
    public TimeSpan InviteLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Everybody has the same picture, and nobody's address is told to Gravatar.</summary>
    public bool DisableGravatar { get; init; }

    public bool DisableLoginForm { get; init; }

    public bool BasicAuthEnabled { get; init; } = true;

    /// <summary>Who gives no credential, or one that is ignored, is a Viewer of the first organization.</summary>
    public bool AnonymousEnabled { get; init; }

    public bool BruteForceLoginProtection { get; init; } = true;

    /// <summary>At least twelve characters of four classes; otherwise four characters suffice.</summary>
    public bool PasswordPolicy { get; init; }

    public bool SmtpEnabled { get; init; }

    /// <summary>Null is unlimited.</summary>
    public long? ApiKeyMaxSecondsToLive { get; init; }

    /// <summary>The most days that a token of a service account may live; null is unlimited. Unlike the other limit, it is told in plain text.</summary>
    public int? TokenExpirationDayLimit { get; init; }

    /// <summary>Null is quotas switched off.</summary>
    public GrafanaQuotas? Quotas { get; init; }

    /// <summary>Authentication modules whose organization roles the provider does not synchronize (<c>skip_org_role_sync</c>).</summary>
    public IReadOnlyCollection<string> SkipOrgRoleSync { get; init; } = [];

    // Hosting

    /// <summary>As <c>/grafana</c>; the empty string serves from the root.</summary>
    public string SubPath { get; init; } = "";

    /// <summary>A request outside <see cref="SubPath"/> is redirected to it, instead of answered with a 404 page.</summary>
    public bool RedirectIntoSubPath { get; init; }

    /// <summary>What Grafana takes for its own address in links and redirects; null is where it listens.</summary>
    public string? RootUrl { get; init; }

    /// <summary>With a certificate of an authority made for this instance, <see cref="FakeGrafana.CertificateAuthority"/>.</summary>
    public bool Https { get; init; }

    /// <summary>0 is any free port.</summary>
    public int Port { get; init; }

    /// <summary>How long every answer takes, for benchmarks.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How long the answer to one request takes, on top of <see cref="Latency"/>.</summary>
    public Func<GrafanaRequest, TimeSpan>? LatencyOf { get; init; }

    /// <summary>How waiting is done; a test replaces it and waits for nothing.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; }
        = static (time, cancellationToken) => Task.Delay(time, TimeProvider.System, cancellationToken);
}
