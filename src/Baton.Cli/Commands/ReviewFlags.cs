using System.Globalization;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence;
using Baton.Evidence.Access;
using Baton.Evidence.Findings;
using Baton.Evidence.Review;

namespace Baton.Cli.Commands;

/// <summary>The flags of a review.</summary>
internal static class ReviewFlags
{
    public static StringFlag System { get; } = new("system", "what the system is called, for the report; a file does not say") { Placeholder = "NAME" };

    public static StringsFlag Scope { get; } = new("scope", "only these resources, as type:id with what belongs to it, or type:*");

    public static StringsFlag Privileged { get; } = new("privileged", "the roles that are privileged, by slug or entitlement id (default: those named admin, owner and the like)");

    private const string DefaultFolder = "access-review";

    private static readonly StringFlag Since = new("since", "an earlier .c1z file, to say what changed since") { Placeholder = "FILE" };
    private static readonly StringFlag Previous = new("previous", "the same as --since") { Placeholder = "FILE", Hidden = true };
    private static readonly StringFlag SinceSync = new("since-sync", "the sync of the earlier file, or an earlier sync of the same file") { Placeholder = "ID" };
    private static readonly StringFlag Decisions = new("previous-decisions", "decisions.json of the last review, to show what was decided") { Placeholder = "FILE" };
    private static readonly StringFlag People = new("people", "a CSV of employees: email, manager_name, manager_email, department, employment_status, end_date") { Placeholder = "FILE" };
    private static readonly StringFlag Reviewers = new("reviewer-map", "a CSV of who decides: resource, reviewer_name, reviewer_email") { Placeholder = "FILE" };
    private static readonly StringsFlag Domains = new("domains", "the company's own e-mail domains; addresses of others are external (*.example.com for those below one)");
    private static readonly IntegerFlag DormantDays = new("dormant-days", "an account not seen for longer is dormant", 90);
    private static readonly IntegerFlag NewDays = new("new-days", "an account that never signed in is marked when it is older", 30);
    private static readonly StringFlag Period = new("period", "the period of the review, for the report, such as 2026-Q4");
    private static readonly StringFlag AsOf = new("as-of", "the time of the report, and to count ages to (default: now, and the end of the sync)") { Placeholder = "TIME" };
    private static readonly StringFlag Out = new("out", "a folder for all files, or one file, or - for standard output", DefaultFolder);
    private static readonly StringsFlag Format = new("format", "xlsx, html, csv, json (default xlsx,html,csv; else what --out ends in)");
    private static readonly BooleanFlag Force = new("force", "replace files that are there");
    private static readonly BooleanFlag Bom = new("bom", "begin the CSV with a byte order mark, for Excel");
    private static readonly BooleanFlag Raw = new("raw", "leave CSV cells as they are that a spreadsheet would take for formulas");
    private static readonly StringFlag FailOn = new("fail-on", "exit with code 5 when there are findings of this severity or worse: high, medium, low, info") { Placeholder = "SEVERITY" };

    public static IReadOnlyList<Flag> All { get; } =
    [
        Since, Previous, SinceSync, Decisions, People, Reviewers, Scope, Domains, Privileged, DormantDays, NewDays, System, Period, AsOf, Out, Format,
        Force, Bom, Raw, FailOn,
    ];

    /// <summary>Those that say what is pointed out.</summary>
    public static IReadOnlyList<Flag> OfEvidence { get; } = [Domains, Privileged, DormantDays, NewDays, AsOf];

    public static IReadOnlyList<Flag> OfFindings { get; } = [.. OfEvidence, FailOn];

    /// <exception cref="UsageException">A value is wrong.</exception>
    public static ReviewRequest Read(FlagValues flags, OutputFormat printed) => new()
    {
        Evidence = ReadEvidence(flags),
        Scope = ReadScope(flags),
        Since = Given(flags, Since) ?? Given(flags, Previous),
        SinceSync = Given(flags, SinceSync),
        PeoplePath = Given(flags, People),
        ReviewersPath = Given(flags, Reviewers),
        PastDecisionsPath = Given(flags, Decisions),
        System = flags.Get(System),
        Period = flags.Get(Period),
        Output = ReadOutput(flags, printed),
        Csv = new(flags.Get(Bom), flags.Get(Raw)),
        FailOn = ReadFailOn(flags),
    };

    /// <exception cref="UsageException">A resource is not written as one.</exception>
    public static ReviewScope ReadScope(FlagValues flags)
    {
        var patterns = flags.Get(Scope);
        return patterns.FirstOrDefault(pattern => pattern.IndexOf(':', StringComparison.Ordinal) is <= 0 || pattern.EndsWith(':')) is { } wrong
            ? throw new UsageException($"--scope \"{wrong}\" is not a resource: write type:id, or type:*")
            : new(patterns);
    }

    /// <exception cref="UsageException">A value is wrong.</exception>
    public static EvidenceOptions ReadEvidence(FlagValues flags) => new()
    {
        DormantDays = ReadDays(flags, DormantDays),
        NewDays = ReadDays(flags, NewDays),
        Privilege = new PrivilegeRule(flags.IsSet(Privileged.Name) ? flags.Get(Privileged) : null),
        Domains = [.. flags.Get(Domains).Select(domain => domain.TrimStart('@'))],
        AsOf = Given(flags, AsOf) is { } time ? ReadTime(time) : null,
    };

    private static int ReadDays(FlagValues flags, IntegerFlag flag)
        => flags.Get(flag) is >= 0 and <= 36_500 and var days
            ? (int)days
            : throw new UsageException($"--{flag.Name} must be a number of days from 0 to 36500");

    private static DateTimeOffset ReadTime(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new UsageException($"--as-of \"{text}\" is not a time; write it as 2026-11-23 or 2026-11-23T10:24:18Z");

    /// <exception cref="UsageException">The severity is unknown.</exception>
    public static Severity? ReadFailOn(FlagValues flags) => Given(flags, FailOn) is { } severity ? ReadSeverity(severity) : null;

    private static Severity ReadSeverity(string text) => text.ToLowerInvariant() switch
    {
        "high" => Severity.High,
        "medium" => Severity.Medium,
        "low" => Severity.Low,
        "info" => Severity.Info,
        _ => throw new UsageException($"--fail-on does not know \"{text}\"; it takes high, medium, low and info"),
    };

    private static IReadOnlyList<ReviewFormat> ReadFormats(IReadOnlyList<string> names)
        => [.. names.Select(name => ReviewFormats.Find(name) ?? throw new UsageException($"--format does not know \"{name}\"; it takes xlsx, html, csv and json")).Distinct()];

    // "-o json" asks for JSON on standard output in every command, so it does here as long as nothing else is said.
    private static ReviewOutputChoice ReadOutput(FlagValues flags, OutputFormat printed)
    {
        ReviewFormat? asked = printed switch
        {
            OutputFormat.Table => null,
            OutputFormat.Json => ReviewFormat.Json,
            OutputFormat.Csv => ReviewFormat.Csv,
            _ => throw new UsageException("a review is printed as json or csv (--output-format), or written in the formats of --format"),
        };
        var path = flags.Get(Out);
        var formats = ReadFormats(flags.Get(Format));
        var force = flags.Get(Force);
        if (asked is { } only && !flags.IsSet(Out.Name) && formats.Count == 0)
        {
            return new(null, IsFolder: false, [only], force);
        }

        if (path.Length == 0)
        {
            throw new UsageException("--out is empty");
        }

        if (path == "-")
        {
            return formats.Count <= 1
                ? new(null, IsFolder: false, [formats.Count == 1 ? formats[0] : asked ?? ReviewFormat.Csv], force)
                : throw new UsageException("--out - takes one --format");
        }

        if (!Directory.Exists(path) && ReviewFormats.OfPath(path) is { } named)
        {
            return formats.Count == 0 || (formats.Count == 1 && formats[0] == named)
                ? new(path, IsFolder: false, [named], force)
                : throw new UsageException($"--out {path} is a file of another --format; leave one of the two out, or name a folder");
        }

        return new(path, IsFolder: true, formats.Count == 0 ? ReviewFormats.Usual : formats, force);
    }

    private static string? Given(FlagValues flags, StringFlag flag) => flags.Get(flag) is { Length: > 0 } value ? value
        : flags.IsSet(flag.Name) ? throw new UsageException($"--{flag.Name} is empty")
        : null;
}
