using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>The flags that every command understands. Those with a value can also be set by an environment variable, which the flag overrides.</summary>
internal static class GlobalFlags
{
    public static StringFlag File { get; } = new("file", "the .c1z file to read ($BATON_FILE)", "sync.c1z") { Short = 'f', Persistent = true };

    public static StringFlag OutputFormat { get; } =
        new("output-format", $"how to print: {OutputFormats.Names}, diff also as html ($BATON_OUTPUT_FORMAT)", "console") { Short = 'o', Persistent = true };

    public static StringFlag SyncId { get; } =
        new("sync-id", "the sync to show, if not the latest full one; see \"baton syncs\" ($BATON_SYNC_ID)") { Persistent = true };

    public static BooleanFlag AllowUnfinished { get; } =
        new("allow-unfinished", "show a sync that has not ended, where there is no other or it is asked for") { Persistent = true };

    private static readonly BooleanFlag Quiet = new("quiet", "no warnings and no summary on standard error") { Short = 'q', Persistent = true };

    private static readonly StringFlag Color =
        new("color", "colours: auto (on a terminal, unless $NO_COLOR is set), always or never", "auto") { Persistent = true };

    private static readonly BooleanFlag NoPager = new("no-pager", "print long lists without $PAGER, also on a terminal") { Persistent = true };

    public static IReadOnlyList<Flag> All { get; } = [File, OutputFormat, SyncId, AllowUnfinished, Quiet, Color, NoPager];

    /// <summary>For commands that print no page.</summary>
    /// <exception cref="UsageException">A value is unknown.</exception>
    public static GlobalOptions Read(FlagValues flags, Func<string, string?> environment)
    {
        var options = ReadAny(flags, environment);
        return options.Format != Output.OutputFormat.Html
            ? options
            : throw new UsageException($"--output-format html is for diff alone (a review has --format html); this command takes {OutputFormats.Names}");
    }

    /// <summary>For commands that write a file and print no list. What the environment says of formats is for those that do.</summary>
    /// <exception cref="UsageException">A value is unknown, or a flag would be ignored.</exception>
    public static GlobalOptions ReadForFile(FlagValues flags, Func<string, string?> environment, params IReadOnlyList<Flag> refused)
    {
        RefuseSync(flags, refused);
        var options = ReadAny(flags, name => name == Variable(OutputFormat) ? null : environment(name));
        return options.Format == Output.OutputFormat.Table
            ? options
            : throw new UsageException("--output-format is for commands that print lists and reports; this one prints none: leave it out");
    }

    /// <summary>For commands that are about the whole file. What the environment says of syncs is for the others.</summary>
    /// <exception cref="UsageException">A flag would be ignored.</exception>
    public static void RefuseSync(FlagValues flags, params IReadOnlyList<Flag> refused)
    {
        if (refused.FirstOrDefault(flag => flags.IsSet(flag.Name)) is { } given)
        {
            throw new UsageException($"--{given.Name} is for commands that show one sync, which this one does not: leave it out");
        }
    }

    /// <exception cref="UsageException">A value is unknown.</exception>
    public static GlobalOptions ReadAny(FlagValues flags, Func<string, string?> environment)
    {
        var (format, source) = Resolve(flags, OutputFormat, environment);
        var syncId = Resolve(flags, SyncId, environment).Value;
        var file = Resolve(flags, File, environment).Value;
        return new(
            file.Length > 0 ? file : throw new UsageException("--file is empty"),
            OutputFormats.Parse(format) ?? throw new UsageException($"{source} does not know \"{format}\"; it takes {OutputFormats.Names}"),
            syncId.Length == 0 ? null : syncId)
        {
            AllowUnfinished = flags.Get(AllowUnfinished),
            Quiet = flags.Get(Quiet),
            Colours = flags.Get(Color) switch
            {
                "auto" => null,
                "always" => true,
                "never" => false,
                var other => throw new UsageException($"--color does not know \"{other}\"; it takes auto, always or never"),
            },
            UsesPager = !flags.Get(NoPager),
        };
    }

    private static (string Value, string Source) Resolve(FlagValues flags, StringFlag flag, Func<string, string?> environment)
    {
        var variable = Variable(flag);
        return !flags.IsSet(flag.Name) && environment(variable) is { Length: > 0 } value
            ? (value, variable)
            : (flags.Get(flag), $"--{flag.Name}");
    }

    private static string Variable(StringFlag flag) => $"BATON_{flag.Name.ToUpperInvariant().Replace('-', '_')}";
}

/// <param name="File">The path.</param>
/// <param name="Format">How to print.</param>
/// <param name="SyncId">The sync that was asked for; null for the usual choice.</param>
internal sealed record GlobalOptions(string File, OutputFormat Format, string? SyncId) : FileRequest(File, SyncId)
{
    /// <summary>Null to decide by the terminal.</summary>
    public bool? Colours { get; init; }

    public bool UsesPager { get; init; } = true;
}
