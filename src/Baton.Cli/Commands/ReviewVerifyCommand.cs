using System.Text.Json;
using Baton.Cli.Output;
using Baton.Cli.Review.Decisions;
using Baton.CommandLine;

namespace Baton.Cli.Commands;

internal static class ReviewVerifyCommand
{
    private static readonly StringFlag Decisions = new("decisions", "decisions.json, as the import wrote it", "decisions.json") { Placeholder = "FILE" };

    private static readonly Column<Verification>[] Columns =
    [
        new("Result", row => row.Result) { Tones = result => result == Verification.Gone ? Tone.Good : Tone.Bad },
        new("Decision", row => row.Decision.NewRole is { } role ? $"change to {role}" : row.Decision.Kind.Name()),
        new("Account", row => row.Decision.AccountName),
        new("Account ID", row => row.Decision.AccountId),
        new("Email", row => row.Decision.Email) { IsDetail = true },
        new("Resource", row => row.Decision.ResourceName),
        new("Resource ID", row => row.Decision.ResourceId) { IsDetail = true },
        new("Role", row => row.Decision.Role),
        new("Ticket", row => row.Decision.Ticket ?? ""),
        new("Grant", row => row.Decision.GrantId) { IsDetail = true },
    ];

    public static CommandDefinition Define(ProgramHost host) => new()
    {
        Name = "verify",
        Summary = "Check in a later file that what was to be revoked is gone",
        Description = "Looks for every revoked or changed grant of a review in a later file. Exit code 5 when one is still there.",
        Flags = [Decisions, .. ListFlags.All],
        Handler = (invocation, cancellationToken) => Task.FromResult(Run(invocation.Flags, host, cancellationToken)),
    };

    private static int Run(FlagValues flags, ProgramHost host, CancellationToken cancellationToken)
    {
        var global = GlobalFlags.Read(flags, host.Environment);
        var form = new HeldForm<Verification>((json, row) => JsonSerializer.Serialize(json, row, VerificationJson.Default.Verification));
        var listing = new Listing<Verification>(new("verifications", Columns, form) { Texts = Texts }, ListFlags.Read(flags, global.Format));
        var file = DecisionFile.Read(flags.Get(Decisions));
        var rows = RevocationCheck.Of(file, global, host, cancellationToken);
        using (var paged = host.Page(global))
        {
            listing.Print(rows, paged.Host, cancellationToken);
            paged.End();
        }

        // Whatever part of them is shown.
        var left = rows.Count(row => !row.IsDone);
        if (!global.Quiet)
        {
            var shown = listing.Count < rows.Count ? $"; {listing.Count} of them shown" : "";
            host.WriteSummary($"{rows.Count} to be carried out: {rows.Count - left} done, {left} not{shown}");
        }

        return (int)(left > 0 ? ExitCode.Found : ExitCode.Done);
    }

    private static IEnumerable<string> Texts(Verification row) =>
    [
        row.Decision.AccountName, row.Decision.AccountId, row.Decision.Login, row.Decision.Email, row.Decision.ResourceName, row.Decision.ResourceId,
        row.Decision.Role, row.Decision.GrantId, row.Decision.Ticket ?? "",
    ];
}
