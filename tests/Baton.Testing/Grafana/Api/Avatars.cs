using System.Security.Cryptography;
using System.Text;

namespace Baton.Testing.Grafana.Api;

/// <summary>Avatar addresses: the hash of an e-mail address, as Gravatar wants it.</summary>
internal static class Avatars
{
    private const string Nobodys = "/public/img/user_profile.png";

    public static string OfUser(string email, FakeGrafanaOptions options) => email.Length == 0 && !options.DisableGravatar ? "" : Address(email, options);

    /// <summary>A team without an address gets one out of its name.</summary>
    public static string OfTeam(string email, string name, FakeGrafanaOptions options)
        => Address(email.Length > 0 ? email : new string([.. name.Where(char.IsAsciiLetterOrDigit)]) + "@localhost", options);

    private static string Address(string email, FakeGrafanaOptions options)
    {
        if (options.DisableGravatar)
        {
            return options.SubPath + Nobodys;
        }

        // Gravatar's own choice; nothing is protected by it.
#pragma warning disable CA5351
        return $"{options.SubPath}/avatar/{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())))}";
#pragma warning restore CA5351
    }
}
