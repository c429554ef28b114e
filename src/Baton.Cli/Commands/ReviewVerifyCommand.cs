using Baton.Cli.Output;
using Baton.Cli.Review.Decisions;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

internal static class ReviewVerifyCommand
{
    private static readonly StringFlag Decisions = new("decisions", "decisions.json, as the import wrote it", "decisions.json") { Placeholder = "FILE" };

    private static readonly Column<Verification>[] Columns =
    [
        new("Result", row => row.Result),
        new("Decision", row => row.Decision.NewRole is { } role ? $"change to {role}" : row.Decision.Kind.Name()),
        new("Account", row => row.Decision.AccountName),
        new("Account ID", row => row.Decision.AccountId),
        new("Resource", row => row.Decision.ResourceName),
        new("Role", row => row.Decision.Role),
        new("Ticket", row => row.Decision.Ticket ?? ""),
    ];

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "verify",
        Summary = "Check in a later file that what was to be revoked is gone",
        Description = "Looks for every revoked or changed grant of a review in a later file. Exit code 5 when one is still there.",
        Flags = [Decisions],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        var file = DecisionFile.Read(flags.Get(Decisions));
        var rows = RevocationCheck.Of(file, global, host, cancellationToken);
        if (global.Format == OutputFormat.Json)
        {
            host.Output.Write(VerificationList.ToJson(rows));
        }
        else
        {
            var table = new TableWriter<Verification>(host.Output, Columns, host.Terminal);
            foreach (var row in rows)
            {
                table.Write(row);
            }

            table.End();
        }

        var left = rows.Count(row => !row.IsDone);
        if (!global.Quiet)
        {
            host.Error.Write($"{rows.Count} to be carried out: {rows.Count - left} done, {left} not\n");
        }

        return (int)(left > 0 ? ExitCode.Found : ExitCode.Done);
    }
}
