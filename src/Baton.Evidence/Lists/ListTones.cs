using Baton.Evidence.Access;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Lists;

/// <summary>What stands out in lists.</summary>
internal static class ListTones
{
    public static Tone OfStatus(string status) => status is "disabled" or "deleted" or "revoked" ? Tone.Bad : Tone.Plain;

    public static Tone OfRole(string role) => PrivilegeRule.Usual.IsPrivileged(role) ? Tone.Notable : Tone.Plain;
}
