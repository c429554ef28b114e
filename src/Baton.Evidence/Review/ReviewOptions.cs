using Baton.Evidence.Review.Formats;

namespace Baton.Evidence.Review;

/// <summary>What writing a review needs to know beyond what is in it.</summary>
public sealed record ReviewOptions
{
    public required CsvChoices Csv { get; init; }

    /// <summary>The lists that were read besides the file, for the manifest: paths.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];
}

/// <param name="Path">A folder, or a file when there is one format.</param>
/// <param name="IsFolder">Whether several files and a manifest are written.</param>
/// <param name="Overwrite">Whether files that are there may be replaced.</param>
public sealed record ReviewOutput(string Path, bool IsFolder, IReadOnlyList<ReviewFormat> Formats, bool Overwrite);
