namespace Baton.Evidence.Review;

public enum ReviewFormat
{
    Xlsx,
    Html,
    Csv,
    Json,
}

public static class ReviewFormats
{
    public static IReadOnlyList<ReviewFormat> Usual { get; } = [ReviewFormat.Xlsx, ReviewFormat.Html, ReviewFormat.Csv];

    public static string Extension(this ReviewFormat format) => format switch
    {
        ReviewFormat.Xlsx => ".xlsx",
        ReviewFormat.Html => ".html",
        ReviewFormat.Csv => ".csv",
        _ => ".json",
    };

    /// <summary>The format that a file is named after; null when it is named after none.</summary>
    public static ReviewFormat? OfPath(string path) => Find(Path.GetExtension(path).TrimStart('.'));

    /// <summary>Null when the name is of none.</summary>
    public static ReviewFormat? Find(string name) => name.ToLowerInvariant() switch
    {
        "xlsx" => ReviewFormat.Xlsx,
        "html" or "htm" => ReviewFormat.Html,
        "csv" => ReviewFormat.Csv,
        "json" => ReviewFormat.Json,
        _ => null,
    };
}
