using Baton.Evidence.Access;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Lists;

/// <summary>What stands out in lists.</summary>
internal static class ListTones
{
    public static Tone OfStatus(string status) => status is "disabled" or "deleted" ? Tone.Bad : Tone.Plain;

    public static Tone OfRole(string role) => RoleRank.Of(role) >= RoleRank.Admin ? Tone.Notable : Tone.Plain;
}
