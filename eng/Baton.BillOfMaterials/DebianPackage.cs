namespace Baton.BillOfMaterials;

/// <summary>A package of the system that files of the image were taken from.</summary>
internal sealed record DebianPackage(string Name, string Version, string Architecture, string Distribution)
{
    /// <summary>Versions have colons and plus signs, which mean something in a package URL.</summary>
    public string Reference => $"pkg:deb/{Distribution.Split('-')[0]}/{Name}@{Uri.EscapeDataString(Version)}?arch={Architecture}&distro={Distribution}";

    public static IReadOnlyList<DebianPackage> ReadList(string path)
        => [.. File.ReadLines(path).Where(line => line.Length > 0).Order(StringComparer.Ordinal).Select(Parse)];

    private static DebianPackage Parse(string line)
        => line.Split(' ') is [var name, var version, var architecture, var distribution]
            ? new(name, version, architecture, distribution)
            : throw new BillException($"'{line}' is not a name, a version, an architecture and a distribution.");
}
