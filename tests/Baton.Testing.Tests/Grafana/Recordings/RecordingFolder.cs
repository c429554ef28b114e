namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>Finds the recordings, which lie beside the repository and not in it.</summary>
internal static class RecordingFolder
{
    public static IReadOnlyList<Recording> ReadAll()
    {
        var folder = Path.Combine(RepositoryRoot(), "..", "shared", "fixtures", "grafana-6.5");
        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException(
                "The recordings are not there. They are expected beside the repository, in '../shared/fixtures/grafana-6.5', "
                + $"which is '{Path.GetFullPath(folder)}'.");
        }

        return [.. Directory.GetFiles(folder, "*.json").Select(Recording.Read).OrderBy(recording => recording.Order)];
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Baton.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds Baton.slnx.");
    }
}
