namespace Baton.Configuration;

/// <summary>Where a value came from, the weakest first.</summary>
public enum ValueSource
{
    Default,
    File,
    Environment,
    Flag,
}
