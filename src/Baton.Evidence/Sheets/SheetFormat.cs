namespace Baton.Evidence.Sheets;

/// <summary>What a list is written as, row after row.</summary>
public enum SheetFormat
{
    /// <summary>One JSON document, in the protocol's own mapping.</summary>
    Json,

    /// <summary>The elements of that document's list, one on each line.</summary>
    JsonLines,

    /// <summary>Comma-separated values.</summary>
    Csv,

    /// <summary>Tab-separated values.</summary>
    Tsv,

    /// <summary>A table for tickets and wikis.</summary>
    Markdown,
}
