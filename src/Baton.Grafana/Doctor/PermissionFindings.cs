using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Grafana.Permissions;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Doctor;

/// <summary>Each permission that the connector uses: whether the credential has it, and for everything.</summary>
internal sealed class PermissionFindings(GrafanaClient grafana, CredentialKinds credential, IReadOnlyList<string> types, FoundBuild build)
{
    public async IAsyncEnumerable<CheckResult> FindAsync(DiagnosisRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (own, unknown) = await ReadAsync(cancellationToken);
        if (own is null)
        {
            yield return unknown!;
            yield break;
        }

        foreach (var row in PermissionTable.Rows.Where(row => row.Of.HasFlag(credential) && row.Types.Any(type => types.Contains(type, StringComparer.Ordinal))))
        {
            yield return Find(row, own.GetValueOrDefault(row.Action), request);
        }
    }

    private CheckResult Find(PermissionRow row, IReadOnlyList<string>? scopes, DiagnosisRequest request)
    {
        var check = $"permission {row.Action}";
        if (build.Number is { } version && row.Since is { } since && version < since)
        {
            return CheckResult.Note(check, $"for {row.Feature}: Grafana has that from {since} on");
        }

        if (row.IsLicensed && build.HasRoles == false)
        {
            return CheckResult.Note(check, $"for {row.Feature}: this Grafana has no roles of access control, which are part of Enterprise and Cloud");
        }

        if (scopes is null)
        {
            return Missing(row, check, request);
        }

        if (row.Kinds.Count == 0 || row.Needed.IsCoveredBy(scopes))
        {
            return CheckResult.Ok(check, $"for {row.Feature}");
        }

        var narrow = $"for {row.Feature}: held for {string.Join(", ", scopes.Take(3))} only";
        return row.Use == PermissionUse.Listing
            ? CheckResult.Failed(check, $"{narrow}, and whatever it does not see would look deleted", Remedy(row))
            : request.MayChange || IsListedBy(row) ? CheckResult.Warning(check, narrow, Remedy(row))
            : CheckResult.Note(check, $"{narrow}; not needed without --provisioning");
    }

    private CheckResult Missing(PermissionRow row, string check, DiagnosisRequest request) => row switch
    {
        { Use: PermissionUse.Change } when !request.MayChange && !IsListedBy(row) => CheckResult.Note(check, $"missing, for {row.Feature}; not needed without --provisioning"),
        { Use: PermissionUse.Listing, IsRequired: true } => CheckResult.Failed(check, $"missing, for {row.Feature}", Remedy(row)),
        _ => CheckResult.Warning(check, $"missing, for {row.Feature}", Remedy(row)),
    };

    private bool IsListedBy(PermissionRow row) => types.Any(row.Lists);

    private string Remedy(PermissionRow row)
        => credential == CredentialKinds.Token
            ? $"give the service account the basic role Admin, or the permission {row.Wanted}"
            : $"give the account the permission {row.Wanted}; server administrators usually have it";

    private async Task<(IReadOnlyDictionary<string, IReadOnlyList<string>>? Own, CheckResult? Unknown)> ReadAsync(CancellationToken cancellationToken)
    {
        if (build.Number is { Major: < 9 })
        {
            return (null, CheckResult.Note("permissions", "before Grafana 9 there are none to look at"));
        }

        try
        {
            return (await grafana.GetOwnPermissionsAsync(cancellationToken), null);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound && build.Number is null)
        {
            return (null, CheckResult.Note("permissions", "this Grafana does not tell what a credential may do"));
        }
        catch (ConnectorException refusal)
        {
            return (null, CheckResult.Failed("permissions", refusal.Message));
        }
    }
}
