using System.Security.Cryptography;
using System.Text;

namespace Baton.Testing.Grafana.Api;

/// <summary>Avatar addresses: the hash of an e-mail address, as Gravatar wants it.</summary>
internal static class Avatars
{
    public static string OfUser(string email, string subPath) => email.Length == 0 ? "" : Address(email, subPath);

    /// <summary>A team without an address gets one out of its name.</summary>
    public static string OfTeam(string email, string name, string subPath)
        => Address(email.Length > 0 ? email : new string([.. name.Where(char.IsAsciiLetterOrDigit)]) + "@localhost", subPath);

    private static string Address(string email, string subPath)
    {
        // Gravatar's own choice; nothing is protected by it.
#pragma warning disable CA5351
        return $"{subPath}/avatar/{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())))}";
#pragma warning restore CA5351
    }
}
