namespace Baton.Benchmarks;

/// <summary>What is measured, and where its files go.</summary>
/// <param name="Connector">The published connector.</param>
/// <param name="Demo">The demo executable, which serves a Grafana of any size.</param>
/// <param name="Baton">The published tool that reads files.</param>
internal sealed record Subject(string Connector, string Demo, string Baton, string Folder)
{
    public string NewFile(string name)
    {
        var path = Path.Combine(Folder, name);
        File.Delete(path);
        return path;
    }
}
