namespace Baton.Configuration.Sources;

/// <summary>A value of the configuration file: a text, or a list of texts.</summary>
internal abstract record FileValue
{
    private FileValue()
    {
    }

    public sealed record Scalar(string Text) : FileValue;

    public sealed record Sequence(IReadOnlyList<string> Items) : FileValue;
}
