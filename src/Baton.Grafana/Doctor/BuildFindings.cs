using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Doctor;

/// <summary>Which Grafana it is.</summary>
internal sealed class BuildFindings(GrafanaClient grafana)
{
    public async Task<FoundBuild> FindAsync(GrafanaHealth? health, CancellationToken cancellationToken)
    {
        GrafanaBuildInfo? info = null;
        try
        {
            info = (await grafana.GetFrontendSettingsAsync(cancellationToken)).BuildInfo;
        }
        catch (ConnectorException blocked) when (blocked.Code is not StatusCode.Unauthenticated)
        {
            // Not every gateway lets it through, and nothing depends on it.
        }

        var text = health?.Version is { Length: > 0 } open ? open : info?.Version ?? "";
        var edition = info?.Edition ?? (info?.IsEnterprise == true ? "Enterprise" : info?.IsEnterprise == false ? "Open Source" : null);
        return new(GrafanaVersion.Parse(text), await HasRolesAsync(cancellationToken), Describe(text), CheckResult.Note("edition", edition ?? "it does not say which"));
    }

    private static CheckResult Describe(string text) => GrafanaVersion.Parse(text) switch
    {
        null => CheckResult.Note("version", "Grafana hides it; the connector does what works with all of them"),
        { Major: < 9 } => CheckResult.Note("version", $"Grafana {text}, from before there were permissions: the role of the credential decides"),
        _ => CheckResult.Ok("version", $"Grafana {text}"),
    };

    /// <summary>Whether there is an API of roles, which is a better question than that of the edition; null when there is no telling.</summary>
    private async Task<bool?> HasRolesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grafana.GetAccessControlStatusAsync(cancellationToken);
            return true;
        }
        catch (ConnectorException answer)
        {
            return answer.Code switch
            {
                StatusCode.NotFound => false,
                StatusCode.PermissionDenied => true,
                _ => null,
            };
        }
    }
}

/// <param name="Number">As far as it is known.</param>
/// <param name="HasRoles">Whether there is an API of roles; null when that is not known.</param>
/// <param name="Version">In words.</param>
/// <param name="Edition">In words.</param>
internal sealed record FoundBuild(GrafanaVersion? Number, bool? HasRoles, CheckResult Version, CheckResult Edition);
