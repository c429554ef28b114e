namespace Baton.Cli.Output;

/// <summary>How a command prints what it found.</summary>
internal enum OutputFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>One JSON document, in the protocol's own mapping.</summary>
    Json,
}

internal static class OutputFormats
{
    /// <summary>The format of a name; null when there is none. Upstream calls the table <c>console</c>.</summary>
    public static OutputFormat? Parse(string name) => name switch
    {
        "console" or "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        _ => null,
    };
}
