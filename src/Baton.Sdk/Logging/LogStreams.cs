namespace Baton.Sdk.Logging;

/// <summary>The standard streams of the process. They are written to, never closed.</summary>
public sealed record LogStreams(Stream Output, Stream Error);
