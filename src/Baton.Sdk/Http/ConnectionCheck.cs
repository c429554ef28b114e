using System.Net;
using System.Net.Sockets;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Http;

/// <summary>The way to a server, step by step: its name, a connection, its certificate, its clock. One GET, without a credential.</summary>
public static class ConnectionCheck
{
    private const int MostBytes = 1024 * 1024;

    /// <param name="url">What to get, which everybody may.</param>
    /// <param name="options">How the connector connects.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConnectorException">The certificate authority's file, or a proxy of the environment, cannot be used.</exception>
    public static async Task<ConnectionReport> RunAsync(
        Uri url, ConnectorHttpOptions options, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var results = new List<CheckResult>();
        var proxy = EnvironmentProxy.Of(options.Network.Variables);
        if (await ResolveAsync(url, proxy, results, cancellationToken) is { } unknown)
        {
            return new([.. results, unknown], Answer: null);
        }

        var observer = new ServerObserver(time);
        using var http = ConnectorHttp.Create(options, observer);
        using var overdue = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await response.Content.LoadIntoBufferAsync(MostBytes, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            var answer = new ServerAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", body);
            var certificate = ServerFindings.Certificate(observer.Certificate, options.CertificateAuthorityPath is { Length: > 0 } path ? path : null, time.GetUtcNow());
            return new(
                [
                    .. results,
                    CheckResult.Ok("connection", $"{url.Authority} answers{(proxy.Route(url) is { } route ? $", through the proxy {route}" : "")}"),
                    .. new[] { certificate, ServerFindings.Clock(observer.ClockDifference, url.Host) }.OfType<CheckResult>(),
                ],
                answer);
        }
        catch (HttpRequestException failure)
        {
            var distrust = ServerFindings.Distrust(observer.Certificate, url.Host, "--ca-cert", time.GetUtcNow());
            return new([.. results, distrust ?? CheckResult.Failed("connection", HttpFailure.Explain(failure, url).Message)], Answer: null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(
                [.. results, CheckResult.Failed("connection", $"{url.Authority} does not answer within {timeout.TotalSeconds:0} s", "look for a firewall or a proxy in between")], Answer: null);
        }
    }

    // Through a proxy, it is the proxy that looks up the name.
    private static async Task<CheckResult?> ResolveAsync(Uri url, EnvironmentProxy proxy, List<CheckResult> results, CancellationToken cancellationToken)
    {
        if (!proxy.IsBypassed(url) || url.HostNameType is not UriHostNameType.Dns)
        {
            return null;
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(url.IdnHost, cancellationToken);
            results.Add(CheckResult.Ok("name", $"{url.Host} is {string.Join(", ", addresses.Take(4).Select(address => address.ToString()))}"));
            return null;
        }
        catch (SocketException unknown)
        {
            return CheckResult.Failed("name", $"the host {url.Host} cannot be found: {unknown.Message}", "correct the address, or the name servers of this machine");
        }
    }
}

/// <summary>How the way to a server is.</summary>
/// <param name="Results">In the order of the way.</param>
/// <param name="Answer">Null when there was none.</param>
public sealed record ConnectionReport(IReadOnlyList<CheckResult> Results, ServerAnswer? Answer);

/// <summary>What a server answered.</summary>
public sealed record ServerAnswer(HttpStatusCode Status, string MediaType, ReadOnlyMemory<byte> Body);
