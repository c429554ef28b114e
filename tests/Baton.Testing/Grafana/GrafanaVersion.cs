using System.Globalization;

namespace Baton.Testing.Grafana;

/// <summary>
/// The Grafana release whose answers the fake gives. Each difference in behaviour asks <see cref="IsAtLeast"/> where it matters.
/// </summary>
public sealed record GrafanaVersion(int Major, int Minor, int Patch = 0)
{
    /// <summary>The oldest release that there are recordings of.</summary>
    public static GrafanaVersion V6_5 { get; } = new(6, 5);

    /// <summary>The other release that there are recordings of.</summary>
    public static GrafanaVersion V7_5 { get; } = new(7, 5, 5);

    public static GrafanaVersion V11_3 { get; } = new(11, 3);

    public static GrafanaVersion V12_1 { get; } = new(12, 1);

    public static GrafanaVersion V13_0 { get; } = new(13, 0, 1);

    /// <summary>From 9.0 on: access control by action and scope, ids checked, bodies answered with a plain 400.</summary>
    internal bool IsModern => Major >= 9;

    /// <summary>Reads <c>12.1.0</c> or <c>12.1.0-90105.patch2</c>; what follows the three numbers is ignored.</summary>
    public static GrafanaVersion Parse(string text)
    {
        var numbers = text.Split('-', 2)[0].Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
    }

    public bool IsAtLeast(int major, int minor = 0) => Major > major || (Major == major && Minor >= minor);

    public override string ToString() => $"{Major}.{Minor}.{Patch}";
}
