using Baton.CommandLine;

namespace Baton.Cli.Review;

internal enum ReviewFormat
{
    Xlsx,
    Html,
    Csv,
    Json,
}

internal static class ReviewFormats
{
    public static IReadOnlyList<ReviewFormat> Usual { get; } = [ReviewFormat.Xlsx, ReviewFormat.Html, ReviewFormat.Csv];

    public static string Extension(this ReviewFormat format) => format switch
    {
        ReviewFormat.Xlsx => ".xlsx",
        ReviewFormat.Html => ".html",
        ReviewFormat.Csv => ".csv",
        _ => ".json",
    };

    /// <exception cref="UsageException">A name is unknown.</exception>
    public static IReadOnlyList<ReviewFormat> Parse(IReadOnlyList<string> names)
        => [.. names.Select(name => Find(name) ?? throw new UsageException($"--format does not know \"{name}\"; it takes xlsx, html, csv and json")).Distinct()];

    /// <summary>The format that a file is named after; null when it is named after none.</summary>
    public static ReviewFormat? OfPath(string path) => Find(Path.GetExtension(path).TrimStart('.'));

    private static ReviewFormat? Find(string name) => name.ToLowerInvariant() switch
    {
        "xlsx" => ReviewFormat.Xlsx,
        "html" or "htm" => ReviewFormat.Html,
        "csv" => ReviewFormat.Csv,
        "json" => ReviewFormat.Json,
        _ => null,
    };
}
