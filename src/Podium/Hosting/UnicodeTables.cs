using Podium.Inventory;

namespace Podium.Hosting;

/// <summary>Refuses to run without ICU, which images without it switch off by a variable: nothing would fail, and names would be kept in another form.</summary>
internal static class UnicodeTables
{
    /// <exception cref="StartupException">There is none.</exception>
    public static void Check()
    {
        if (!SearchableText.IsAvailable)
        {
            throw new StartupException("Unicode's tables (ICU) are switched off: unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, and install the system's package libicu where it is missing.");
        }
    }
}
