namespace Baton.Documentation.Tests;

/// <summary>Places in the working tree.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files and folders that lie in the tree, not what was built in it.</summary>
    public static bool Has(string relative) => File.Exists(PathOf(relative)) || Directory.Exists(PathOf(relative));

    /// <summary>The C# files below a folder, without those that a build made.</summary>
    public static IEnumerable<string> Sources(string folder)
        => Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Baton.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Baton.slnx above {AppContext.BaseDirectory}: run the tests from a working tree.");
    }
}
