namespace Baton.Documentation.Tests.Errors;

/// <summary>A text that the programs may say when something is wrong.</summary>
/// <param name="Pattern">The text.</param>
/// <param name="Kind">The type of exception, or of log message, that says it.</param>
/// <param name="Place">Where in the source.</param>
internal sealed record SourceText(TextPattern Pattern, string Kind, string Place)
{
    public override string ToString() => $"{Place} [{Kind}]\n      {Pattern}";
}
