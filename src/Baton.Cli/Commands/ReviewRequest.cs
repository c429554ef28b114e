using Baton.Evidence;
using Baton.Evidence.Findings;
using Baton.Evidence.Review;
using Baton.Evidence.Review.Formats;

namespace Baton.Cli.Commands;

/// <summary>What a review was asked to be.</summary>
internal sealed record ReviewRequest
{
    public required EvidenceOptions Evidence { get; init; }

    public required ReviewScope Scope { get; init; }

    /// <summary>The earlier file; null for none.</summary>
    public string? Since { get; init; }

    /// <summary>The sync of the earlier file, or of the file itself; null for the usual choice.</summary>
    public string? SinceSync { get; init; }

    public string? PeoplePath { get; init; }

    public string? ReviewersPath { get; init; }

    public string? PastDecisionsPath { get; init; }

    public string System { get; init; } = "";

    public string Period { get; init; } = "";

    public required ReviewOutputChoice Output { get; init; }

    public required CsvChoices Csv { get; init; }

    /// <summary>The severity from which findings make the command fail; null for none.</summary>
    public Severity? FailOn { get; init; }

    public ReviewOptions Options => new()
    {
        Csv = Csv,
        Inputs = [.. new[] { PeoplePath, ReviewersPath, PastDecisionsPath }.OfType<string>()],
    };
}

/// <param name="Path">As <see cref="ReviewOutput"/> has it; null for standard output.</param>
/// <param name="IsFolder">Whether several files and a manifest are written.</param>
/// <param name="Overwrite">Whether files that are there may be replaced.</param>
internal sealed record ReviewOutputChoice(string? Path, bool IsFolder, IReadOnlyList<ReviewFormat> Formats, bool Overwrite);
