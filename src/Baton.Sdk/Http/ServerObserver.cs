using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Baton.Sdk.Http;

/// <summary>Remembers what a server shows of itself while it is talked to: its certificate, and what time it has.</summary>
internal sealed class ServerObserver(TimeProvider time)
{
    /// <summary>The last one shown; null when there was none.</summary>
    public SeenCertificate? Certificate { get; private set; }

    /// <summary>How far the clock here is ahead of the server's; null when the server does not say.</summary>
    public TimeSpan? ClockDifference { get; private set; }

    /// <summary>Looks on while somebody else decides about the certificate.</summary>
    public void Watch(SslClientAuthenticationOptions tls)
    {
        var decide = tls.RemoteCertificateValidationCallback;
        tls.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            if (certificate is X509Certificate2 shown)
            {
                var faults = chain?.ChainStatus.Select(status => status.Status).ToList() ?? [];
                Certificate = new(shown.GetNameInfo(X509NameType.DnsName, forIssuer: false), shown.Issuer, new DateTimeOffset(shown.NotBefore).ToUniversalTime(), new DateTimeOffset(shown.NotAfter).ToUniversalTime(), errors, faults);
            }

            return decide?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
        };
    }

    public DelegatingHandler Watch(HttpMessageHandler inner) => new Handler(this, inner);

    private void Answered(HttpResponseMessage response, DateTimeOffset sent)
    {
        // The server said so somewhere between the question and its answer, to the second.
        var now = time.GetUtcNow();
        if (response.Headers.Date is { } theirs)
        {
            ClockDifference = theirs > now ? now - theirs : sent > theirs + TimeSpan.FromSeconds(1) ? sent - theirs : TimeSpan.Zero;
        }
    }

    private sealed class Handler(ServerObserver observer, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = observer.Now();
            var response = await base.SendAsync(request, cancellationToken);
            observer.Answered(response, sent);
            return response;
        }
    }

    private DateTimeOffset Now() => time.GetUtcNow();
}

/// <summary>A server's certificate.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Issuer">Who says so.</param>
/// <param name="From">Since when it is good.</param>
/// <param name="Until">Until when it is good.</param>
/// <param name="Errors">What the system has against it.</param>
/// <param name="Faults">What the system has against its authorities.</param>
internal sealed record SeenCertificate(
    string Name, string Issuer, DateTimeOffset From, DateTimeOffset Until, SslPolicyErrors Errors, IReadOnlyList<X509ChainStatusFlags> Faults);
