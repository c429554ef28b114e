using System.Text.Json;

namespace Baton.BillOfMaterials;

/// <summary>
/// What a restore put into an executable, by the file that the restore leaves behind. It has the versions of the lock files, and says
/// which packages bring anything at run time: analyzers and generators do not.
/// </summary>
internal sealed record RestoredProject(IReadOnlyList<NuGetPackage> Packages, IReadOnlyDictionary<string, IReadOnlyList<string>> Dependencies)
{
    private const string Framework = "net10.0";
    private const string CompiledIn = "Microsoft.NETCore.App.Runtime.NativeAOT.";

    public static RestoredProject Read(string path, string runtime)
    {
        if (!File.Exists(path))
        {
            throw new BillException($"There is no '{path}': run dotnet restore first.");
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        if (!root.GetProperty("targets").TryGetProperty($"{Framework}/{runtime}", out var target))
        {
            throw new BillException($"'{path}' knows nothing of {runtime}: the project has to name it in RuntimeIdentifiers.");
        }

        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var packages = new SortedDictionary<string, NuGetPackage>(StringComparer.OrdinalIgnoreCase);
        var dependencies = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var library in target.EnumerateObject().Where(IsShipped))
        {
            var (name, version) = Split(library.Name);
            packages[name] = NuGetPackage.Read(folders, name, version);
            dependencies[name] = library.Value.TryGetProperty("dependencies", out var below) ? [.. below.EnumerateObject().Select(each => each.Name)] : [];
        }

        var (framework, frameworkVersion) = CompiledInRuntime(root, runtime);
        packages[framework] = NuGetPackage.Read(folders, framework, frameworkVersion);
        return new([.. packages.Values], dependencies);
    }

    /// <summary>The runtime and the class library, which NativeAOT links into the executable.</summary>
    private static (string Name, string Version) CompiledInRuntime(JsonElement root, string runtime)
    {
        foreach (var download in root.GetProperty("project").GetProperty("frameworks").GetProperty(Framework).GetProperty("downloadDependencies").EnumerateArray())
        {
            if (download.GetProperty("name").GetString() is { } name && name == CompiledIn + runtime)
            {
                // Written as a range of one: [10.0.1, 10.0.1].
                return (name, download.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0]);
            }
        }

        throw new BillException($"The project is not published with NativeAOT for {runtime}.");
    }

    private static bool IsShipped(JsonProperty library)
        => library.Value.GetProperty("type").GetString() == "package" && (Brings(library.Value, "runtime") || Brings(library.Value, "native"));

    private static bool Brings(JsonElement library, string kind)
        => library.TryGetProperty(kind, out var files) && files.EnumerateObject().Any(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal));

    private static (string Name, string Version) Split(string library) => library.Split('/') is [var name, var version] ? (name, version) : throw new BillException($"'{library}' is no name and version.");
}
