using Baton.Cli.Output;

namespace Baton.Cli.Diff;

/// <summary>The report for people: counts, and a few examples of each.</summary>
internal static class ParityText
{
    private const int Examples = 3;

    public static void Write(ParityReport report, TextWriter output)
    {
        Line(output, $"Left   {report.Left.Path}, sync {report.Left.Run.Id}");
        Line(output, $"Right  {report.Right.Path}, sync {report.Right.Run.Id}");
        foreach (var (name, family) in report.Families)
        {
            Line(output, $"{name}: {family.OnlyInLeft.Count} only in left, {family.OnlyInRight.Count} only in right, {family.FieldMismatches.Count} with different fields");
            WriteExamples(output, "only in left", family.OnlyInLeft.ConvertAll(item => item.Id));
            WriteExamples(output, "only in right", family.OnlyInRight.ConvertAll(item => item.Id));
            WriteExamples(output, "different", family.FieldMismatches.ConvertAll(
                mismatch => $"{mismatch.Id}: {string.Join("; ", mismatch.Fields.Take(Examples).Select(field => $"{field.Path}: {field.Left} | {field.Right}"))}"));
        }

        foreach (var (side, counts) in new[] { ("left", report.DanglingLeft), ("right", report.DanglingRight) })
        {
            foreach (var (reason, count) in counts)
            {
                Line(output, $"{side}: {count} grants with {reason.Replace('_', ' ')}");
            }
        }

        foreach (var (cause, detail) in report.LikelyCauses())
        {
            Line(output, $"Likely cause: {cause.Replace('_', ' ')}: {detail}");
        }
    }

    private static void WriteExamples(TextWriter output, string kind, List<string> lines)
    {
        lines.Take(Examples).ToList().ForEach(line => Line(output, $"  {kind}: {line}"));
        if (lines.Count > Examples)
        {
            Line(output, $"  {kind}: and {lines.Count - Examples} more (-o json lists all)");
        }
    }

    private static void Line(TextWriter output, string text) => output.Write($"{DisplayText.Neutralise(text)}\n");
}
