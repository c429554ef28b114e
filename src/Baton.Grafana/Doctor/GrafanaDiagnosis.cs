using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Baton.Grafana.Api;
using Baton.Grafana.Permissions;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;

namespace Baton.Grafana.Doctor;

/// <summary>
/// Looks at a Grafana from outside to inside: the way there, what it is, who we are to it, what we may do. Each step needs the one before,
/// and the first request with the credential is alone: Grafana locks an account after five failures.
/// </summary>
/// <param name="grafana">Asks with the credential.</param>
/// <param name="options">What is configured.</param>
/// <param name="connection">How it is connected to.</param>
/// <param name="types">The resource types that are synced.</param>
/// <param name="context">Clock and limits.</param>
internal sealed class GrafanaDiagnosis(
    GrafanaClient grafana, GrafanaOptions options, ConnectorHttpOptions connection, IReadOnlyList<string> types, ConnectorContext context)
{
    private const string Address = "--hostname (BATON_HOSTNAME)";

    private CredentialKinds Kind => options.Token is null ? CredentialKinds.Server : CredentialKinds.Token;

    public async IAsyncEnumerable<CheckResult> RunAsync(DiagnosisRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Transport();
        var way = await ConnectionCheck.RunAsync(new Uri(grafana.Instance, "api/health"), connection, context.HttpTimeout, context.Time, cancellationToken);
        foreach (var result in way.Results)
        {
            yield return result;
        }

        if (way.Answer is not { } answer)
        {
            yield return CheckResult.Skipped("credential and permissions", $"not looked at, since Grafana cannot be reached; correct that first, perhaps {Address}");
            yield break;
        }

        var health = Health(answer, out var failure);
        if (failure is not null)
        {
            yield return failure;
            yield return CheckResult.Skipped("credential and permissions", "not looked at, since what answers is not a Grafana that is well");
            yield break;
        }

        var identity = await new IdentityFindings(grafana, options).FindAsync(cancellationToken);
        yield return identity;
        if (identity.Level == CheckLevel.Failed)
        {
            yield return CheckResult.Skipped("permissions, version and edition", "not looked at: the credential is tried once, because Grafana locks an account after five failures");
            yield break;
        }

        var build = await new BuildFindings(grafana).FindAsync(health, cancellationToken);
        yield return build.Version;
        yield return build.Edition;
        await foreach (var result in new PermissionFindings(grafana, Kind, types, build).FindAsync(request, cancellationToken))
        {
            yield return result;
        }
    }

    private CheckResult Transport() => grafana.Instance switch
    {
        var url when InstanceUrl.IsUnprotected(url) => CheckResult.Warning("address", $"{url} is http: the credential crosses the network unprotected", $"use https in {Address}"),
        var url when options.SkipCertificateChecks => CheckResult.Warning(
            "address", $"{url}, and certificates are not checked: anybody in between can read the credential", "leave out --tls-insecure-skip-verify; --ca-cert names a private authority"),
        var url => CheckResult.Ok("address", $"{url}"),
    };

    private GrafanaHealth? Health(ServerAnswer answer, out CheckResult? failure)
    {
        failure = null;
        if ((int)answer.Status is >= 300 and < 400)
        {
            failure = CheckResult.Failed("health", $"{grafana.Instance} redirects instead of answering", $"give the address that it redirects to, with its sub-path, in {Address}");
            return null;
        }

        try
        {
            var health = JsonSerializer.Deserialize(answer.Body.Span, GrafanaJson.Default.GrafanaHealth);
            if (health?.Database is { } database && database != "ok")
            {
                failure = CheckResult.Failed("health", $"Grafana says that its database is {database}", "look at Grafana's own log");
            }
            else if (answer.Status != HttpStatusCode.OK || health is null)
            {
                failure = Stranger(answer);
            }

            return health;
        }
        catch (JsonException)
        {
            failure = Stranger(answer);
            return null;
        }
    }

    private CheckResult Stranger(ServerAnswer answer) => CheckResult.Failed(
        "health",
        $"{grafana.Instance} does not answer as Grafana does: /api/health gave {(int)answer.Status}{(answer.MediaType.Length > 0 ? $", {answer.MediaType}" : "")}",
        $"correct {Address}: a sub-path that is missing, another port, or a login page of a proxy in front");
}
