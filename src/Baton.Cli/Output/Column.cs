namespace Baton.Cli.Output;

/// <summary>One column of a table of <typeparamref name="T"/>.</summary>
internal sealed record Column<T>(string Title, Func<T, string> Text)
{
    /// <summary>Numbers stand at the right, where their digits line up.</summary>
    public bool IsNumber { get; init; }
}
