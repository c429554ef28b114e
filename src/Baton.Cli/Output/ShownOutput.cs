using Baton.Evidence.Sheets;

namespace Baton.Cli.Output;

/// <summary>Standard output for what is not made for people: on a terminal, it must not do harm.</summary>
internal static class ShownOutput
{
    /// <summary>Bytes that are text.</summary>
    public static Stream OpenText(ProgramHost host) => host.IsShown ? new TextWriterStream(host.Data) : host.OpenOutput();

    /// <exception cref="CliException">It is a terminal.</exception>
    public static Stream OpenBinary(ProgramHost host)
        => host.IsShown
            ? throw new CliException("a workbook cannot go to a terminal; name a file with --out, or send the output to one", BatonExitCode.Usage)
            : host.OpenOutput();
}
