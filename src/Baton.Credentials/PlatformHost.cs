namespace Baton.Credentials;

/// <summary>Where the platform is: a host name or address, with a port or without, as somebody wrote it.</summary>
public readonly record struct PlatformHost(string Text)
{
    /// <summary>Without the port; an IPv6 address without its brackets when it had a port.</summary>
    public string Name => Split().Name;

    /// <summary>What gRPC connects to: <c>host:port</c>, with the port of HTTPS when none was written.</summary>
    public string Address => Split().HasPort ? Text : Text + ":443";

    public string TokenUrl => $"https://{Text}/auth/v1/token";

    public override string ToString() => Text;

    // A text that is neither host:port nor [address]:port counts as a name: connecting will tell what is wrong with it.
    private (string Name, bool HasPort) Split()
    {
        var port = Text.LastIndexOf(':');
        if (Text.StartsWith('['))
        {
            return port > 1 && Text[port - 1] == ']' ? (Text[1..(port - 1)], true) : (Text, false);
        }

        return port >= 0 && Text.IndexOf(':', StringComparison.Ordinal) == port ? (Text[..port], true) : (Text, false);
    }
}
