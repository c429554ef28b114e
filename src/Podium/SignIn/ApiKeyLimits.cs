using System.Net;

namespace Podium.SignIn;

/// <summary>What a key may do and from where; immutable.</summary>
/// <param name="Roles">A part of the person's; null for all of them.</param>
/// <param name="Networks">Null for anywhere; an empty list is nowhere.</param>
internal sealed record ApiKeyLimits(IReadOnlyList<Role>? Roles, IReadOnlyList<IPNetwork>? Networks)
{
    public static ApiKeyLimits None { get; } = new(null, null);

    public static ApiKeyLimits Of(ApiKey? key) => key is null ? None : new(
        key.Roles?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(slug => RoleNames.TryParse(slug, out var role) ? role : Role.BasicUser).ToList(),
        key.Networks?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse).ToList());

    public ApiKey ToRow(long credentialId) => new()
    {
        CredentialId = credentialId,
        Roles = Roles is null ? null : string.Join(' ', Roles.Select(RoleNames.SlugOf)),
        Networks = Networks is null ? null : string.Join(' ', Networks),
    };

    public bool Admit(IPAddress? address)
    {
        if (Networks is null)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && Networks.Any(network => network.Contains(plain));
    }

    /// <summary>What is left of the person's roles: a role that the person lost is lost to the key too.</summary>
    public IReadOnlySet<Role> Narrow(IEnumerable<Role> persons)
        => persons.Where(role => Roles is null || Roles.Contains(role)).Append(Role.BasicUser).ToHashSet();

    /// <summary>Reads networks as people write them; one address is a network of one.</summary>
    /// <exception cref="Refusal">One of them is none.</exception>
    public static IReadOnlyList<IPNetwork>? ParseNetworks(IEnumerable<string> texts)
    {
        List<IPNetwork> networks = [];
        foreach (var text in texts.Select(text => text.Trim()).Where(text => text.Length > 0))
        {
            networks.Add(IPNetwork.TryParse(text, out var network)
                ? network
                : IPAddress.TryParse(text, out var address)
                    ? new(address, address.GetAddressBytes().Length * 8)
                    : throw new Refusal($"'{text}' is no network: write 10.0.0.0/8, 2001:db8::/32, or one address.", "networks"));
        }

        return networks.Count == 0 ? null : networks;
    }
}
