using Baton.Cli.Output;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that every command understands. Each can also be set by an environment variable, which the flag overrides.</summary>
internal static class GlobalFlags
{
    private static readonly StringFlag File = new("file", "the .c1z file to read ($BATON_FILE)", "sync.c1z") { Short = 'f', Persistent = true };

    private static readonly StringFlag OutputFormat =
        new("output-format", "how to print: console (a table) or json ($BATON_OUTPUT_FORMAT)", "console") { Short = 'o', Persistent = true };

    private static readonly StringFlag SyncId =
        new("sync-id", "the sync to show, if not the latest full one; see \"baton syncs\" ($BATON_SYNC_ID)") { Persistent = true };

    public static IReadOnlyList<Flag> All { get; } = [File, OutputFormat, SyncId];

    /// <exception cref="UsageException">The output format is unknown.</exception>
    public static GlobalOptions Read(FlagValues flags, Func<string, string?> environment)
    {
        var (format, source) = Resolve(flags, OutputFormat, environment);
        var syncId = Resolve(flags, SyncId, environment).Value;
        return new(
            Resolve(flags, File, environment).Value,
            OutputFormats.Parse(format) ?? throw new UsageException($"{source} does not know \"{format}\"; it takes console or json"),
            syncId.Length == 0 ? null : syncId);
    }

    private static (string Value, string Source) Resolve(FlagValues flags, StringFlag flag, Func<string, string?> environment)
    {
        var variable = $"BATON_{flag.Name.ToUpperInvariant().Replace('-', '_')}";
        return !flags.IsSet(flag.Name) && environment(variable) is { Length: > 0 } value
            ? (value, variable)
            : (flags.Get(flag), $"--{flag.Name}");
    }
}

/// <param name="File">The path.</param>
/// <param name="Format">How to print.</param>
/// <param name="SyncId">The sync that was asked for; null for the usual choice.</param>
internal sealed record GlobalOptions(string File, OutputFormat Format, string? SyncId);
