using Baton.Cli.Output;

namespace Baton.Cli;

/// <summary>What the program has around it.</summary>
/// <param name="Output">Flushed by the program when it succeeded.</param>
/// <param name="Error">Written to a line at a time.</param>
/// <param name="Environment">The variables of the environment.</param>
/// <param name="Terminal">The terminal behind the output; null when it goes elsewhere.</param>
internal sealed record ProgramHost(TextWriter Output, TextWriter Error, Func<string, string?> Environment, Terminal? Terminal)
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>One line for whoever ran the program. Parts of it may come from the file, so none of it reaches a terminal unchecked.</summary>
    public void WriteDiagnostic(string kind, string message) => Error.Write($"{kind}: {DisplayText.Neutralise(message)}\n");
}
