using System.Text.Json;
using Baton.C1z;
using Baton.Cli.Files;
using Baton.Cli.Output;
using Baton.CommandLine;
using Baton.Evidence.Changes;
using Baton.Evidence.Checks;
using Baton.Evidence.Reading;
using Baton.Evidence.Sheets;

namespace Baton.Cli.Commands;

/// <summary>Says whether a file can be relied on, and fails when it cannot.</summary>
internal static class CheckCommand
{
    private static readonly StringFlag MaximumAge = new("max-age", "fail when the sync is older than this: 2d, 36h") { Placeholder = "TIME" };

    private static readonly BooleanFlag Strict = new("strict", "fail on warnings too");

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "check",
        Summary = "Check that the file is readable, complete, recent and consistent; ends with 5 when it is not",
        Flags = [MaximumAge, Strict],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var options = GlobalFlags.Read(flags, host.Environment);
        if (options.Format is not (OutputFormat.Table or OutputFormat.Json or OutputFormat.JsonLines))
        {
            throw new UsageException("a check is printed as table, json or jsonl (--output-format)");
        }

        var now = host.Time.GetUtcNow();
        TimeSpan? age = FilterFlags.ReadText(flags, MaximumAge) is not { } text ? null
            : Baseline.Parse(text, now) is { } oldest ? now - oldest
            : throw new UsageException($"--max-age \"{text}\" is not a length of time; write 2d or 36h");
        using var file = FileSession.OpenFile(options, host);
        var check = FileCheck.Run(file, Choose(file, options), new(age, now), cancellationToken);
        if (options.Format is OutputFormat.Json or OutputFormat.JsonLines)
        {
            WriteJson(check, now, host.Data, DiffJson.Options with { Indented = options.Format == OutputFormat.Json });
        }
        else
        {
            WriteText(check, now, host.Output);
        }

        return (int)(check.Verdict == Verdict.Fail || (check.Verdict == Verdict.Warn && flags.Get(Strict)) ? BatonExitCode.Found : BatonExitCode.Done);
    }

    private static CheckedSync Choose(C1zFile file, GlobalOptions options)
    {
        try
        {
            var choice = SyncChoice.Of(file, options.SyncId, options.AllowUnfinished);
            return new(choice.Run, choice.Warning);
        }
        catch (CliException none)
        {
            return new(null, none.Message);
        }
    }

    private static void WriteText(FileCheck check, DateTimeOffset now, TextWriter output)
    {
        Line("File", $"{check.Path}, {check.Size.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes");
        Line("SHA-256", check.Hash);
        Line("Format", FileFormat.Describe(check.Version));
        Line("Syncs", $"{check.Syncs.Count}, {check.Syncs.Count(run => run.IsFinished)} finished");
        if (check.Chosen is { } run)
        {
            Line("Shown", $"{run.Id}, {run.TypeName}, started {Facts.Time(run.StartedAt)}, {(now - run.StartedAt).TotalDays:0.0} days ago");
            Line("Holds", $"{check.Stats.ResourceTypes} resource types, {check.Stats.Resources} resources, {check.Stats.Entitlements} entitlements, {check.Stats.Grants} grants");
        }

        foreach (var finding in check.Findings)
        {
            Line(finding.Verdict == Verdict.Fail ? "FAIL" : "Warning", finding.Code is "sync" or "age" or "empty" ? finding.Text : $"{finding.Count} {finding.Text}");
        }

        Line("Verdict", check.Verdict.ToString().ToLowerInvariant());

        void Line(string name, string value) => output.Write($"{name,-8} {DisplayText.Neutralise(value)}\n");
    }

    private static void WriteJson(FileCheck check, DateTimeOffset now, TextWriter output, JsonWriterOptions format)
    {
        using (var json = new Utf8JsonWriter(new TextWriterStream(output), format))
        {
            json.WriteStartObject();
            json.WriteString("verdict", check.Verdict.ToString().ToLowerInvariant());
            json.WriteString("file", check.Path);
            json.WriteNumber("size", check.Size);
            json.WriteString("sha256", check.Hash);
            json.WriteString("format", FileFormat.NameOf(check.Version));
            json.WriteString("engine", FileFormat.EngineOf(check.Version));
            json.WriteNumber("syncs", check.Syncs.Count);
            json.WriteNumber("finishedSyncs", check.Syncs.Count(run => run.IsFinished));
            if (check.Chosen is { } run)
            {
                DiffJson.WriteSync(json, "sync", new DiffSource(check.Path, run));
                json.WriteNumber("ageSeconds", (long)(now - run.StartedAt).TotalSeconds);
                WriteCounts(json, check.Stats);
            }

            json.WriteStartArray("findings");
            foreach (var finding in check.Findings)
            {
                json.WriteStartObject();
                json.WriteString("code", finding.Code);
                json.WriteString("verdict", finding.Verdict.ToString().ToLowerInvariant());
                json.WriteNumber("count", finding.Count);
                json.WriteString("text", finding.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write('\n');
    }

    private static void WriteCounts(Utf8JsonWriter json, C1z.Syncs.SyncStats stats)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("resourceTypes", stats.ResourceTypes);
        json.WriteNumber("resources", stats.Resources);
        json.WriteNumber("entitlements", stats.Entitlements);
        json.WriteNumber("grants", stats.Grants);
        WriteByType("resourcesByType", stats.ResourcesByType);
        WriteByType("grantsByType", stats.GrantsByType);
        json.WriteEndObject();

        void WriteByType(string name, IReadOnlyDictionary<string, long> counts)
        {
            json.WriteStartObject(name);
            foreach (var (type, count) in counts)
            {
                json.WriteNumber(type, count);
            }

            json.WriteEndObject();
        }
    }
}
