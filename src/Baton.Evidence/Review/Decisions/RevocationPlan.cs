using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review.Decisions;

/// <summary>What has to be done so that the decisions hold.</summary>
public sealed class RevocationPlan(IEnumerable<Decision> decisions)
{
    /// <summary>Revocations and changes of role, in the order of the sheet.</summary>
    public IReadOnlyList<Decision> Steps { get; } = [.. decisions.Where(decision => decision.Kind is DecisionKind.Revoke or DecisionKind.Change)];

    /// <summary>Those that the connector cannot carry out, or not wholly: what they are inherited from must go.</summary>
    public IEnumerable<Decision> ByHand => Steps.Where(step => step.Revocable != "yes");

    /// <summary>The calls of the connector: the flags of each, and the decision it carries out.</summary>
    public IEnumerable<(IReadOnlyList<string> Flags, Decision Step)> Calls()
    {
        foreach (var step in Steps)
        {
            // The old role goes first: where an account can hold only one role, revoking the old one last could take the new one along.
            if (!step.Replaces && !step.Revocable.StartsWith("no", StringComparison.Ordinal))
            {
                yield return ([$"--revoke-grant={step.GrantId}"], step);
            }

            if (step is { NewEntitlementId: { } wanted } && step.AccountId.Split(':', 2) is [var type, var id])
            {
                yield return ([$"--grant-entitlement={wanted}", $"--grant-principal-type={type}", $"--grant-principal={id}"], step);
            }
        }
    }

    /// <summary>A shell script of the calls. One that fails does not keep the others from being made.</summary>
    public void WriteScript(TextWriter output, DecisionSource source, string connector, string file)
    {
        output.Write("#!/bin/sh\n");
        output.Write($"# Carries out the access review of {Comment(source.File)}, sync {Comment(source.SyncId)}.\n");
        output.Write($"# SHA-256 of the file: {source.Sha256}\n");
        output.Write("# Settings and credentials of the connector come from its environment or configuration file.\n");
        output.Write("# With --dry-run, the connector says what it would do, and does nothing.\n\n");

        // Connectors change nothing unless they are told that they may: whoever runs the script tells them.
        output.Write("more=${1:-}\nfailed=0\n");
        output.Write($"call() {{ {Quote(connector)} --file={Quote(file)} --provisioning \"$@\" ${{more:+\"$more\"}} || {{ failed=1; echo \"failed: $*\" >&2; }}; }}\n\n");
        foreach (var (flags, step) in Calls())
        {
            var ticket = step.Ticket is { } named ? $", {Comment(named)}" : "";
            output.Write($"# {step.RowId}: {step.Kind.Name()} {Comment(step.Role)} on {Comment(step.ResourceName)} of {Comment(step.AccountName)}{ticket}\n");
            output.Write($"call {string.Join(' ', flags.Select(Quote))}\n");
        }

        foreach (var step in ByHand)
        {
            output.Write($"# BY HAND {step.RowId}: {Comment(step.AccountName)}, {Comment(step.Role)} on {Comment(step.ResourceName)}: {Comment(step.Revocable)}\n");
        }

        output.Write("\nexit $failed\n");
    }

    // Within single quotes a shell takes everything for what it is, but a single quote.
    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // On one line, so that nothing of it is ever a command.
    private static string Comment(string text) => DisplayText.Neutralise(text);
}
