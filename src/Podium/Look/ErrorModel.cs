namespace Podium.Look;

internal sealed record ErrorModel
{
    public required int Status { get; init; }

    public required string Path { get; init; }

    public string? SignedInAs { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<string> WhoCanHelp { get; init; } = [];

    /// <summary>Stands in the log beside the error.</summary>
    public required string Trace { get; init; }
}
