using System.Text;
using System.Text.Json;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review.Decisions;

/// <summary>Hands over what was decided: to a person, to a program, or to a shell.</summary>
public sealed class DecisionWriter(DecisionFile file, RevocationPlan plan, string connector, string basePath)
{
    /// <summary>For people.</summary>
    public static IReadOnlyList<Column<Decision>> Columns { get; } =
    [
        new("Decision", step => step.NewRole is { } role ? $"change to {role}" : step.Kind.Name()),
        new("Account", step => step.AccountName),
        new("Account ID", step => step.AccountId),
        new("Resource", step => step.ResourceName),
        new("Role", step => step.Role),
        new("Revocable", step => step.Revocable),
        new("Decided by", step => step.DecidedBy ?? ""),
        new("Ticket", step => step.Ticket ?? ""),
        new("Grant", step => step.GrantId),
    ];

    public IReadOnlyList<Decision> Steps => plan.Steps;

    public void WriteJson(TextWriter output)
    {
        using var bytes = new TextWriterStream(output);
        JsonSerializer.Serialize(bytes, new RevocationList(file.Review, file.Counts, plan.Steps), DecisionJson.Default.RevocationList);
        bytes.WriteByte((byte)'\n');
    }

    public void WriteCsv(TextWriter output)
    {
        var csv = new CsvWriter(output, new CsvDialect { NewLine = "\r\n" });
        csv.Row("decision", "new_role", "grant_id", "account_id", "account_name", "email", "resource_id", "resource", "role", "revocable", "decided_by", "decided_on", "reason", "ticket", "row_id");
        foreach (var step in plan.Steps)
        {
            csv.Row(
                step.Kind.Name(), step.NewRole, step.GrantId, step.AccountId, step.AccountName, step.Email, step.ResourceId, step.ResourceName, step.Role,
                step.Revocable, step.DecidedBy, step.DecidedOn, step.Reason, step.Ticket, step.RowId);
        }
    }

    public void WriteScript(TextWriter output) => plan.WriteScript(output, file.Review, connector, basePath);

    /// <summary>The decisions, the list of revocations and the script, all or none.</summary>
    /// <returns>The paths.</returns>
    public IReadOnlyList<string> WriteFiles(string folder, bool overwrite)
    {
        var decisions = Path.Combine(folder, "decisions.json");
        var list = Path.Combine(folder, "revocations.csv");
        var script = Path.Combine(folder, "revoke.sh");
        using var set = new OutputSet([decisions, list, script], overwrite);
        set.Write(decisions, file.Write);
        set.Write(list, stream => Text(stream, WriteCsv));
        set.Write(script, stream => Text(stream, WriteScript));
        set.Complete();
        return [decisions, list, script];
    }

    private static void Text(Stream stream, Action<TextWriter> write)
    {
        using var output = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        write(output);
    }
}
