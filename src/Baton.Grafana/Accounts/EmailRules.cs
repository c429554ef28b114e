using System.Net.Mail;
using System.Text;

namespace Baton.Grafana.Accounts;

/// <summary>The protocol's rule for e-mail addresses. A reader that checks it refuses a whole list for one address that breaks it.</summary>
internal static class EmailRules
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const int LongestHost = 253;
    private const int LongestLabel = 63;

    public static bool IsValid(string text)
        => Encoding.UTF8.GetByteCount(text) <= LongestAddress
            && MailAddress.TryCreate(text, out var address)
            && address.Address == text
            && Encoding.UTF8.GetByteCount(address.User) <= LongestLocalPart
            && IsHost(address.Host);

    private static bool IsHost(string host)
        => host.Length <= LongestHost && Array.TrueForAll(host.Split('.'), IsLabel);

    private static bool IsLabel(string label)
        => label.Length is > 0 and <= LongestLabel
            && label[0] != '-'
            && label[^1] != '-'
            && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
