namespace Baton.Sdk.Settings;

/// <summary>What some defaults depend on, fixed at the start of the process.</summary>
/// <param name="OutputIsTerminal">Standard output is a terminal: logs, although on standard error, are then for people to read.</param>
/// <param name="Now">When the process started.</param>
public sealed record StartupFacts(bool OutputIsTerminal, DateTimeOffset Now);
