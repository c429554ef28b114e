namespace Baton.Testing;

/// <summary>Places in the working tree that the tests run from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of tests/Fixtures, whose README says where each comes from.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Fixture(params ReadOnlySpan<string> parts)
    {
        var path = Path.Combine([Root, "tests", "Fixtures", .. parts]);
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no fixture {path}.", path);
    }

    /// <summary>Whether a file or folder lies in the tree.</summary>
    public static bool Has(string relative) => Path.Exists(PathOf(relative));

    /// <summary>The C# files below a folder; what a build makes lies in artifacts, and is not among them.</summary>
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
