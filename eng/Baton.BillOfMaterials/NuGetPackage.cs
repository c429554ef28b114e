using System.Xml.Linq;

namespace Baton.BillOfMaterials;

/// <summary>A package as it lies in the packages folder: what it says of itself, and the texts that have to go along with it.</summary>
internal sealed record NuGetPackage
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>An SPDX expression; null when the package brings a text only.</summary>
    public string? Licence { get; init; }

    public string Authors { get; init; } = "";

    public string Copyright { get; init; } = "";

    public string? Website { get; init; }

    public string? Repository { get; init; }

    /// <summary>Of the package's file, hexadecimal SHA-512.</summary>
    public required string Hash { get; init; }

    /// <summary>Licence first, then notices of what the package contains itself.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    public bool HasLicenceText { get; init; }

    public string Reference => $"pkg:nuget/{Name}@{Version}";

    public static NuGetPackage Read(IReadOnlyList<string> folders, string name, string version)
    {
        // The folder's form: all in small letters.
        var (lowName, lowVersion) = (name.ToLowerInvariant(), version.ToLowerInvariant());
        var folder = folders.Select(each => Path.Combine(each, lowName, lowVersion)).FirstOrDefault(Directory.Exists)
            ?? throw new BillException($"{name} {version} is not in the packages folder: run dotnet restore first.");
        var nuspec = XDocument.Load(Path.Combine(folder, lowName + ".nuspec")).Root!;
        var metadata = nuspec.Elements().First(element => element.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        var licenceFiles = Find(folder, "LICENSE");
        return new()
        {
            Name = name,
            Version = version,
            Licence = licence?.Attribute("type")?.Value == "expression" ? licence.Value : null,
            Authors = Of("authors"),
            Copyright = Of("copyright"),
            Website = Of("projectUrl") is { Length: > 0 } website ? website : null,
            Repository = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url")?.Value,
            Hash = Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(Path.Combine(folder, $"{lowName}.{lowVersion}.nupkg.sha512")).Trim())),
            HasLicenceText = licenceFiles.Count > 0,
            Texts = [.. licenceFiles.Concat(Find(folder, "THIRD-PARTY-NOTICES")).Select(File.ReadAllText)],
        };

        string Of(string element) => metadata.Elements().FirstOrDefault(each => each.Name.LocalName == element)?.Value.Trim() ?? "";
    }

    private static List<string> Find(string folder, string name)
        => [.. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileNameWithoutExtension(file).Equals(name, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
}
