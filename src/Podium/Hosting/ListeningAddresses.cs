using System.Net;

namespace Podium.Hosting;

/// <summary>Where each listener listens, since a port may be chosen by the system.</summary>
internal sealed class ListeningAddresses
{
    private readonly Dictionary<Listener, ListenOptionsAddress> _addresses = [];

    public void Add(Listener listener, bool tls, Func<IPEndPoint> endPoint) => _addresses[listener] = new(tls, endPoint);

    /// <exception cref="InvalidOperationException">There is no such listener.</exception>
    public Uri Of(Listener listener)
    {
        if (!_addresses.TryGetValue(listener, out var address))
        {
            throw new InvalidOperationException($"nothing listens as {listener}");
        }

        return new UriBuilder(address.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, address.EndPoint().Address.ToString(), address.EndPoint().Port).Uri;
    }

    private sealed record ListenOptionsAddress(bool Tls, Func<IPEndPoint> EndPoint);
}
