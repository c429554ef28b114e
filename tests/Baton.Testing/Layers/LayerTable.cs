using System.Reflection;

namespace Baton.Testing.Layers;

/// <summary>
/// Which folders of a project may refer to which others, and which projects of ours it may refer to at all. A folder is a namespace right
/// below the project's; what lies in the project's own namespace is called <see cref="Root"/>.
/// </summary>
/// <param name="assembly">The project, compiled.</param>
/// <param name="rootNamespace">Its namespace.</param>
public sealed class LayerTable(Assembly assembly, string rootNamespace)
{
    public const string Root = "";

    private readonly Dictionary<string, string[]> _mayUse = new(StringComparer.Ordinal);
    private string[] _projects = [];

    /// <summary>The projects of ours that this one may refer to, by their namespaces.</summary>
    public LayerTable Projects(params string[] projects)
    {
        _projects = projects;
        return this;
    }

    public LayerTable Folder(string folder, params string[] mayUse)
    {
        _mayUse.Add(folder, mayUse);
        return this;
    }

    /// <summary>What is not as the table says, one sentence each.</summary>
    public IReadOnlyList<string> Problems()
    {
        var references = CompiledReferences.Read(assembly.Location);
        var used = references.Where(pair => FolderOf(pair.Key) is not null)
            .GroupBy(pair => FolderOf(pair.Key)!, pair => pair.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.SelectMany(names => names).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        return
        [
            .. used.Keys.Except(_mayUse.Keys, StringComparer.Ordinal).Select(folder => $"the folder '{folder}' is not in the table"),
            .. _mayUse.Keys.Except(used.Keys, StringComparer.Ordinal).Select(folder => $"there is no folder '{folder}'"),
            .. used.Where(pair => _mayUse.ContainsKey(pair.Key)).SelectMany(pair => OfFolder(pair.Key, pair.Value)),
            .. used.Values.SelectMany(names => names).Select(ProjectOf).OfType<string>().Distinct(StringComparer.Ordinal).Except(_projects, StringComparer.Ordinal)
                .Select(project => $"{rootNamespace} refers to {project}"),
        ];
    }

    private IEnumerable<string> OfFolder(string folder, HashSet<string> names)
    {
        var uses = names.Select(FolderOf).OfType<string>().Where(other => other != folder).ToHashSet(StringComparer.Ordinal);
        var may = _mayUse[folder];
        return uses.Except(may, StringComparer.Ordinal).Select(other => $"'{folder}' refers to '{other}'");
    }

    private string? FolderOf(string name)
        => name == rootNamespace ? Root : name.StartsWith(rootNamespace + ".", StringComparison.Ordinal) ? name[(rootNamespace.Length + 1)..].Split('.')[0] : null;

    private string? ProjectOf(string name)
        => FolderOf(name) is null && name.Split('.') is ["Baton" or "Podium", ..] words ? string.Join('.', words.Take(2)) : null;
}
