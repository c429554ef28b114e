namespace Baton.Evidence.Tests.Files;

/// <summary>Places in the working tree.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Golden(string name) => Path.Combine(Root, "tests", "Baton.Cli.Tests", "Commands", "Golden", name);

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
