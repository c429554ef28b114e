using Baton.Evidence.Access;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Lists;

/// <summary>What stands out in lists.</summary>
internal static class ListTones
{
    public static CellTone OfStatus(string status) => status is "disabled" or "deleted" or "revoked" ? CellTone.Bad : CellTone.Plain;

    public static CellTone OfRole(string role) => PrivilegeRule.Usual.IsPrivileged(role) ? CellTone.Notable : CellTone.Plain;
}
