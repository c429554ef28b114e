using System.Runtime.CompilerServices;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.Service;
using Baton.Sdk.Http;
using Baton.Sdk.Tasks.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Sdk.Hosting.Doctor;

/// <summary>Whether the platform would take this connector: asks it for an access token, and for nothing else, not even to be greeted.</summary>
internal sealed class PlatformCheck(ResolvedConfiguration configuration, ProcessEnvironment environment)
{
    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!ServiceMode.IsAskedFor(configuration))
        {
            yield return CheckResult.Note("client id", "none is given: syncs are written to a file, and the platform is not used (BATON_CLIENT_ID, --client-id)");
            yield break;
        }

        var results = new List<CheckResult>();
        PlatformAddress? address = null;
        ServiceCredentials? credentials = null;
        try
        {
            credentials = ServiceCredentials.From(configuration, NullLogger.Instance);
            address = PlatformAddress.Of(credentials.Client, environment.Variables(PlatformAddress.Override));
        }
        catch (ConnectorException malformed)
        {
            results.Add(CheckResult.Failed("client id and secret", malformed.Message, "copy BATON_CLIENT_ID and BATON_CLIENT_SECRET again from the platform's page"));
        }

        using (credentials)
        {
            if (address is not null)
            {
                var host = environment.Variables(PlatformAddress.Override) is null ? "" : $" ({PlatformAddress.Override})";
                yield return CheckResult.Ok("client id", $"{credentials!.Client.Name} at {address.Authority}{host}");
                await AskAsync(credentials, address, results, cancellationToken);
            }

            foreach (var result in results)
            {
                yield return result;
            }
        }
    }

    private async Task AskAsync(ServiceCredentials credentials, PlatformAddress address, List<CheckResult> results, CancellationToken cancellationToken)
    {
        var authorities = configuration.GetString("platform-ca-cert") is { Length: > 0 } path ? Path.Combine(environment.WorkingDirectory, path) : null;
        var observer = new ServerObserver(environment.Time);
        try
        {
            var proxy = EnvironmentProxy.Of(environment.Variables);
            var options = new PlatformOptions
            {
                Client = credentials.Client,
                Secret = credentials.Secret.Read,
                HostId = "",
                Variables = environment.Variables,
                TokenTimeout = PlatformOptions.TokenTimeoutWithin(TimeSpan.FromSeconds(configuration.GetInteger("http-timeout-seconds"))),
            };
            using var tokens = new TokenSource(
                PlatformHttp.ForTokens(proxy, authorities, observer), address, new ConnectionFailure(address, proxy), options, environment.Time, NullLogger.Instance);
            await tokens.GetAsync(cancellationToken);
            results.Add(CheckResult.Ok("access token", $"{address.TokenUrl.Authority} gave one{(proxy.Route(address.TokenUrl) is { } route ? $", through the proxy {route}" : "")}"));
        }
        catch (ConnectorException unusable)
        {
            results.Add(CheckResult.Failed("settings", unusable.Message));
        }
        catch (PlatformException refusal)
        {
            var distrust = refusal.Failure == PlatformFailure.Untrusted
                ? ServerFindings.Distrust(observer.Certificate, address.TokenUrl.Host, "--platform-ca-cert (BATON_PLATFORM_CA_CERT)", environment.Time.GetUtcNow())
                : null;
            results.Add(distrust ?? CheckResult.Failed("access token", refusal.Message, Remedy(refusal)));
        }

        if (observer.ClockDifference is not null || results[^1].Level == CheckLevel.Ok)
        {
            results.AddRange(new[]
            {
                ServerFindings.Certificate(observer.Certificate, authorities, environment.Time.GetUtcNow()),
                ServerFindings.Clock(observer.ClockDifference, address.TokenUrl.Host),
            }.OfType<CheckResult>());
        }
    }

    private static string? Remedy(PlatformException refusal) => refusal.Failure switch
    {
        PlatformFailure.CredentialsRefused => "copy BATON_CLIENT_ID and BATON_CLIENT_SECRET again from the platform's page; a secret that was replaced there is not good any more",
        PlatformFailure.Unreachable or PlatformFailure.TimedOut => "look for a firewall in between; HTTPS_PROXY names a proxy",
        _ => null,
    };
}
