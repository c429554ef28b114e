namespace Podium;

/// <summary>What somebody asked for cannot be done. The message is one sentence for whoever asked: what is wrong, and what to do.</summary>
internal class Refusal(string message, string? field = null) : Exception(message)
{
    /// <summary>The input that is to be changed; null when it is not about one.</summary>
    public string? Field { get; } = field;
}
