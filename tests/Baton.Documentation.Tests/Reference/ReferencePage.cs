using System.Text;
using Baton.CommandLine;
using Baton.Documentation.Tests.Names;
using Baton.Configuration;

namespace Baton.Documentation.Tests.Reference;

/// <summary>Writes what a program understands as a page, from its definitions.</summary>
internal static class ReferencePage
{
    public const string Command = "eng/update-reference";

    public static string OfConnector()
    {
        var page = Begin("baton-grafana", "Every command and every flag of `baton-grafana`. [Configure](../configuration.md) says where values come from and which goes before which.");
        foreach (var path in Definitions.Tree(Definitions.Connector))
        {
            Heading(page, path);
            if (path.IsRoot)
            {
                page.Append("Each is also a variable, and a key of the configuration file by the flag's name. *Secret* values are replaced in logs and errors.\n");
                Settings(page, "Of Grafana", Definitions.Settings.Fields.Except(Definitions.Settings.StandardFields));
                Settings(page, "Of every connector", Definitions.Settings.StandardFields.Where(field => !field.Hidden));
                Settings(page, "Operations and rarely used", Definitions.Settings.StandardFields.Where(field => field.Hidden), "Not in `--help`.");
            }
            else
            {
                Flags(page, path.OwnFlags());
            }
        }

        return page.ToString();
    }

    public static string OfBaton()
    {
        var page = Begin("baton", "Every command and every flag of `baton`. [baton](../baton.md) says which answers what.");
        foreach (var path in Definitions.Tree(Definitions.Baton))
        {
            Heading(page, path);
            Flags(page, path.OwnFlags());
            if (path.IsRoot)
            {
                page.Append("\nThese, but for `--version`, may also stand with every command below.\n");
            }
        }

        return page.ToString();
    }

    private static StringBuilder Begin(string program, string introduction)
        => new StringBuilder().Append($"# Reference: {program}\n\n<!-- Written by {Command}. Change the definitions, not this page. -->\n\n{introduction}\n");

    private static void Heading(StringBuilder page, CommandPath path)
    {
        var arguments = path.Command.Arguments.Placeholder;
        page.Append($"\n## {path.FullName}\n\n{Sentence(path.Command.Summary)}\n\n```\n{path.FullName}{(arguments.Length > 0 ? $" {arguments}" : "")} [flags]\n```\n\n".Replace("\n\n\n\n", "\n\n", StringComparison.Ordinal));
    }

    private static void Settings(StringBuilder page, string title, IEnumerable<ConfigurationField> fields, string remark = "")
    {
        page.Append($"\n### {title}\n\n{(remark.Length > 0 ? $"{remark}\n\n" : "")}| flag | variable | value | default | |\n|---|---|---|---|---|\n");
        foreach (var field in fields.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            var flag = Definitions.Settings.FlagOf(field);

            // The moment of the start would be another one each time.
            var usual = field.Name == "event-feed-start-at" ? "a day ago" : Code(flag.DefaultText.Trim('"'));
            page.Append($"| {Spelling(flag)} | `{Definitions.Settings.Names.VariableOf(field.Name)}` | {Value(flag)} | {usual} | {Remark(field)} |\n");
        }
    }

    private static string Remark(ConfigurationField field)
    {
        var text = Cell(field.Description.Length > 0 ? field.Description : field.DisplayName);
        return (field.Required ? "*Required*, with its way of signing in. " : "") + (field.Secret ? "*Secret.* " : "") + text;
    }

    private static void Flags(StringBuilder page, IEnumerable<Flag> flags)
    {
        page.Append("| flag | value | default | |\n|---|---|---|---|\n");
        foreach (var flag in flags.OrderBy(flag => flag.Name, StringComparer.Ordinal))
        {
            page.Append($"| {Spelling(flag)} | {Value(flag)} | {Code(flag.DefaultText.Trim('"'))} | {Cell(flag.Description)} |\n");
        }
    }

    private static string Value(Flag flag) => flag.TakesValue ? flag.Placeholder ?? flag.TypeWord : "true, false";

    private static string Spelling(Flag flag) => flag.Short is { } letter ? $"`-{letter}`, `--{flag.Name}`" : $"`--{flag.Name}`";

    private static string Code(string text) => text.Length == 0 ? "" : $"`{Cell(text)}`";

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Sentence(string text) => text.Length == 0 || text.EndsWith('.') ? text : $"{text}.";
}
