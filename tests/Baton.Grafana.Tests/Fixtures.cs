namespace Baton.Grafana.Tests;

/// <summary>Finds files that upstream wrote, which lie beside the repository and not in it.</summary>
internal static class Fixtures
{
    public static string File(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Baton.slnx")))
            {
                var path = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "fixtures", "c1z", name));
                return System.IO.File.Exists(path) ? path
                    : throw new InvalidOperationException($"The fixture is not there: expected '../shared/fixtures/c1z/{name}' seen from the repository.");
            }
        }

        throw new InvalidOperationException("No folder above the tests holds Baton.slnx.");
    }
}
