using Baton.Configuration.Secrets;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>What a person at a terminal reads of an operation.</summary>
internal sealed class TextReport(TextWriter terminal, Redactor redactor)
{
    public void Write(OperationReport report)
    {
        var (result, change) = (report.Result, report.Change);
        Say(Headline(report));
        foreach (var line in result.Details.Concat(result.Notes))
        {
            Say($"  {line}");
        }

        Section("It would send:", change.IsDryRun ? change.Requests.Select(request => request.ToString()) : []);
        Section(change.IsDryRun ? "It would have these effects:" : "Effects:", change.Effects);
        Section("Checked:", change.IsDryRun ? change.Checks : []);
    }

    private static string Headline(OperationReport report) => report.Result.Outcome switch
    {
        OperationOutcome.Would => $"Dry run of {report.Operation}: nothing was changed.",
        OperationOutcome.Failed or OperationOutcome.Interrupted => $"Dry run of {report.Operation}: it fails, and nothing was changed.",
        OperationOutcome.Already => $"Nothing to do: {report.Result.Summary}",
        OperationOutcome.ActionRequired => $"Not complete yet: {report.Result.Summary}",
        OperationOutcome.InProgress => $"In progress: {report.Result.Summary}",
        _ => report.Result.Summary,
    };

    private void Section(string title, IEnumerable<string> lines)
    {
        var some = lines.ToList();
        if (some.Count > 0)
        {
            Say(title);
            some.ForEach(line => Say($"  {line}"));
        }
    }

    // Names come from the target system, where anybody may have put what moves a cursor.
    private void Say(string line) => terminal.WriteLine(
        string.Concat(redactor.Redact(line).Select(character => char.IsControl(character) ? '?' : character)));
}
