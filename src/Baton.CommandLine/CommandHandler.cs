namespace Baton.CommandLine;

/// <summary>What a command does. The result is the exit code of the process.</summary>
public delegate Task<int> CommandHandler(Invocation invocation, CancellationToken cancellationToken);
