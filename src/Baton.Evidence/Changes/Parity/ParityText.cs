using Baton.Evidence.Sheets;

namespace Baton.Evidence.Changes.Parity;

/// <summary>The report for people: counts, and a few examples of each.</summary>
public static class ParityText
{
    private const int Examples = 3;

    public static void Write(ParityReport report, TextWriter output)
    {
        Line(output, $"Left   {report.Left.Path}, sync {report.Left.Run.Id}");
        Line(output, $"Right  {report.Right.Path}, sync {report.Right.Run.Id}");
        foreach (var (name, family) in report.Families)
        {
            Line(output, $"{name}: {family.All.OnlyInLeft} only in left, {family.All.OnlyInRight} only in right, {family.All.FieldMismatches} with different fields");
            WriteExamples(output, "only in left", family.OnlyInLeft.Select(item => item.Id), family.All.OnlyInLeft);
            WriteExamples(output, "only in right", family.OnlyInRight.Select(item => item.Id), family.All.OnlyInRight);
            WriteExamples(output, "different", family.FieldMismatches.Select(
                mismatch => $"{mismatch.Id}: {string.Join("; ", mismatch.Fields.Take(Examples).Select(field => $"{field.Path}: {field.Left} | {field.Right}"))}"), family.All.FieldMismatches);
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

    private static void WriteExamples(TextWriter output, string kind, IEnumerable<string> lines, long count)
    {
        foreach (var line in lines.Take(Examples))
        {
            Line(output, $"  {kind}: {line}");
        }

        if (count > Examples)
        {
            Line(output, $"  {kind}: and {count - Examples} more (-o json lists all)");
        }
    }

    private static void Line(TextWriter output, string text) => output.Write($"{DisplayText.Neutralise(text)}\n");
}
