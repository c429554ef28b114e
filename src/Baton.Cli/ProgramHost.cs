using Baton.Cli.Commands;
using Baton.Cli.Output;
using Baton.Evidence.Sheets;

namespace Baton.Cli;

/// <summary>What the program has around it.</summary>
/// <param name="Output">Flushed by the program when it succeeded.</param>
/// <param name="Error">Written to a line at a time.</param>
/// <param name="Environment">The variables of the environment.</param>
/// <param name="Terminal">The terminal behind the output; null when it goes elsewhere.</param>
internal sealed record ProgramHost(TextWriter Output, TextWriter Error, Func<string, string?> Environment, Terminal? Terminal)
{
    /// <summary>Standard output without the text in between, for what is not text.</summary>
    public Func<Stream> OpenOutput { get; init; } = () => throw new CliException("there is no standard output to write to");

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the output goes to a terminal, in whatever colours.</summary>
    public bool IsShown { get; } = Terminal is not null;

    /// <summary>The output for what is not made for people.</summary>
    public TextWriter Data => IsShown ? new ShownText(Output) : Output;

    /// <summary>One line for whoever ran the program. Parts of it may come from the file, so none of it reaches a terminal unchecked.</summary>
    public void WriteDiagnostic(string kind, string message) => Error.Write($"{kind}: {DisplayText.Neutralise(message)}\n");

    /// <summary>One line about what was printed. It comes after it, also where both go to one terminal.</summary>
    public void WriteSummary(string line)
    {
        Output.Flush();
        Error.Write($"{line}\n");
    }

    /// <summary>The output in the colours that were asked for, and on a terminal through a pager when it is long.</summary>
    public PagedHost Page(GlobalOptions options)
    {
        var terminal = options.Colours is not { } colours ? Terminal
            : Terminal is not null ? Terminal with { Colours = colours }
            : colours ? new Terminal(Width: null, Colours: true)
            : null;
        var host = this with { Terminal = terminal };
        var command = options.UsesPager && options.Format == OutputFormat.Table ? Pager.Command(Environment) : null;
        return Terminal is { Height: { } height } && command is not null
            ? new PagedHost(host, new Pager(Output, command, height))
            : new PagedHost(host, pager: null);
    }
}

/// <summary>A host whose output may go through a pager. Whoever has written all of it says so; otherwise none of what is held back is printed.</summary>
internal sealed class PagedHost(ProgramHost host, Pager? pager) : IDisposable
{
    public ProgramHost Host { get; } = pager is null ? host : host with { Output = pager };

    public void End() => pager?.End();

    public void Dispose() => pager?.Dispose();
}
