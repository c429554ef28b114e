using System.Text;

namespace Baton.Testing.Grafana.Api;

/// <summary>Name and password out of an <c>Authorization: Basic</c> header.</summary>
internal readonly record struct BasicCredential(string Login, string Password)
{
    private const string Scheme = "Basic ";

    public static bool IsBasic(string authorization) => authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(string authorization, out BasicCredential credential)
    {
        credential = default;
        if (!IsBasic(authorization))
        {
            return false;
        }

        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), bytes, out var length))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        if (parts.Length != 2)
        {
            return false;
        }

        credential = new(parts[0], parts[1]);
        return true;
    }
}
