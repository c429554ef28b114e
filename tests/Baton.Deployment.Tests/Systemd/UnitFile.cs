namespace Baton.Deployment.Tests.Systemd;

/// <summary>A unit file's settings in their order, by section.</summary>
internal sealed class UnitFile
{
    private readonly List<(string Section, string Name, string Value)> _settings = [];

    public UnitFile(string path)
    {
        var section = "";
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not '#'))
        {
            if (line[0] == '[')
            {
                section = line.Trim('[', ']');
            }
            else
            {
                var parts = line.Split('=', 2);
                _settings.Add((section, parts[0], parts[1]));
            }
        }
    }

    public IEnumerable<string> All(string name) => _settings.Where(setting => setting.Name == name).Select(setting => setting.Value);

    public string Only(string name) => Assert.Single(All(name));

    /// <summary>Name and value of the variables that the unit sets.</summary>
    public IReadOnlyDictionary<string, string> Environment
        => All("Environment").Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>Name of each credential, and the file it comes from.</summary>
    public IReadOnlyDictionary<string, string> Credentials
        => All("LoadCredential").Where(line => line.Length > 0).Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}
