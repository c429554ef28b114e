namespace Baton.Configuration.Validation;

/// <summary>Well-known forms of text.</summary>
public enum StringFormat
{
    Any,
    Email,
    Hostname,
    IpAddress,
    Ipv4Address,
    Ipv6Address,
    Uri,
    Uuid,
}
