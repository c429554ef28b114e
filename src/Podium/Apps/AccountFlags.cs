using Podium.Inventory;
using Podium.Inventory.Lists;
using Podium.Look;

namespace Podium.Apps;

/// <summary>What stands out about an account.</summary>
internal static class AccountFlags
{
    public static IEnumerable<(string Text, Tone Tone)> Of(AccountRow account)
    {
        if (account.IsAdministrator)
        {
            yield return ("administrator", Tone.High);
        }

        if (account.Status == AccountStatus.Disabled && account.Grants > 0)
        {
            yield return ("disabled, has access", Tone.High);
        }

        if (account.LastSeenQuality == LastSeenQuality.Never)
        {
            yield return ("never signed in", Tone.Medium);
        }

        if (account.HasMfa == false)
        {
            yield return ("no second factor", Tone.Medium);
        }

        if (account.IsPlaceholder)
        {
            yield return ("not listed there", Tone.Medium);
        }

        if (account.IsStale)
        {
            yield return ("not read by the last sync", Tone.Low);
        }
    }
}
