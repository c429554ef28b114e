using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Podium.Connectors.Catalog;

/// <summary>
/// The catalogue folder: executables, each with NAME.yaml (<c>id</c>, <c>displayName</c>, <c>description</c>, <c>aliases</c>) and NAME.svg beside it
/// where somebody wrote them.
/// </summary>
internal sealed partial class CatalogFolder(string? folder)
{
    private static readonly CatalogEntry Grafana = new()
    {
        Id = ConnectorCatalog.GrafanaId,
        DisplayName = "Grafana",
        Description = "Accounts, organizations, teams and service accounts of Grafana.",
        Hosting = ConnectorHosting.Hosted,
        Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grafana_url"] = "hostname",
            ["grafana_username"] = "username",
            ["grafana_password"] = "password",
            ["grafana_api_token"] = "api-token",
            ["auth_method"] = CatalogSchema.MethodField,
        },
    };

    private static readonly CatalogEntry Baton = new()
    {
        Id = ConnectorCatalog.BatonId,
        DisplayName = "Baton",
        Description = "A connector that you run yourself, with a client id and a secret of this server.",
        Hosting = ConnectorHosting.SelfHosted,
    };

    public IEnumerable<CatalogEntry> Entries(ILogger logger)
    {
        yield return Grafana with { Executable = ConnectorCatalog.FindGrafana(folder) };
        yield return Baton;
        if (folder is null || !Directory.Exists(folder))
        {
            yield break;
        }

        if (!ConnectorCatalog.IsKeptFromOthers(folder))
        {
            LogOpen(logger, folder);
            yield break;
        }

        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (name == "baton-grafana" || Path.GetExtension(name) is ".yaml" or ".svg" or ".dll" or ".json" or ".pdb" || !ConnectorCatalog.IsExecutable(file))
            {
                continue;
            }

            if (!ConnectorCatalog.IsKeptFromOthers(file))
            {
                LogOpen(logger, file);
                continue;
            }

            yield return Described(file, name, logger);
        }
    }

    private static CatalogEntry Described(string file, string name, ILogger logger)
    {
        var entry = new CatalogEntry
        {
            Id = name,
            DisplayName = name,
            Description = "",
            Hosting = ConnectorHosting.Hosted,
            Executable = file,
            IconFile = File.Exists(file + ".svg") ? file + ".svg" : null,
        };
        if (!File.Exists(file + ".yaml"))
        {
            return entry;
        }

        try
        {
            using var reader = new StreamReader(file + ".yaml");
            var yaml = new YamlStream();
            yaml.Load(reader);
            var root = yaml.Documents is [{ RootNode: YamlMappingNode mapping }] ? mapping : throw new YamlException("it is not a mapping");
            return entry with
            {
                Id = Text(root, "id") ?? entry.Id,
                DisplayName = Text(root, "displayName") ?? entry.DisplayName,
                Description = Text(root, "description") ?? "",
                Aliases = root.Children.TryGetValue(new YamlScalarNode("aliases"), out var aliases) && aliases is YamlMappingNode pairs
                    ? pairs.Children.ToDictionary(pair => $"{pair.Key}", pair => $"{pair.Value}", StringComparer.Ordinal)
                    : entry.Aliases,
            };
        }
        catch (Exception malformed) when (malformed is YamlException or IOException)
        {
            LogMalformed(logger, file, malformed.Message);
            return entry;
        }
    }

    private static string? Text(YamlMappingNode node, string name)
        => node.Children.TryGetValue(new YamlScalarNode(name), out var value) && value is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning, Message = "{Path} is not offered: others may write to it, and what lies there runs with what podium may do. Take the right to write from group and others.")]
    private static partial void LogOpen(ILogger logger, string path);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Warning, Message = "The description of {Path} cannot be read: {Reason}")]
    private static partial void LogMalformed(ILogger logger, string path, string reason);
}
