using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>How a command prints what it found.</summary>
internal enum OutputFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>One JSON document, in the protocol's own mapping.</summary>
    Json,

    /// <summary>The elements of that document's list, one on each line.</summary>
    JsonLines,

    /// <summary>Comma-separated values, all columns.</summary>
    Csv,

    /// <summary>Tab-separated values, all columns.</summary>
    Tsv,

    /// <summary>A table for tickets and wikis.</summary>
    Markdown,

    /// <summary>One printable page, where a command has it.</summary>
    Html,
}

internal static class OutputFormats
{
    /// <summary>What every list can be printed as, for the help.</summary>
    public const string Names = "table, json, jsonl, csv, tsv or markdown";

    /// <summary>What whoever writes rows calls it; null for what is not written row after row.</summary>
    public static SheetFormat? Sheet(this OutputFormat format) => format switch
    {
        OutputFormat.Json => SheetFormat.Json,
        OutputFormat.JsonLines => SheetFormat.JsonLines,
        OutputFormat.Csv => SheetFormat.Csv,
        OutputFormat.Tsv => SheetFormat.Tsv,
        OutputFormat.Markdown => SheetFormat.Markdown,
        _ => null,
    };

    /// <summary>The format of a name; null when there is none. Upstream calls the table <c>console</c>.</summary>
    public static OutputFormat? Parse(string name) => name switch
    {
        "console" or "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "jsonl" => OutputFormat.JsonLines,
        "csv" => OutputFormat.Csv,
        "tsv" => OutputFormat.Tsv,
        "markdown" or "md" => OutputFormat.Markdown,
        "html" => OutputFormat.Html,
        _ => null,
    };
}
