using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.CommandLine;
using Microsoft.EntityFrameworkCore;
using Podium.Api;
using Podium.Audit;
using Podium.Data;

namespace Podium.Hosting.Commands;

/// <summary><c>podium verify --audit</c> and <c>podium audit …</c>: whether the log is whole, and what leaves the machine of it.</summary>
internal static class VerifyCommand
{
    private const int DoesNotHold = 1;

    private static readonly BooleanFlag Audit = new("audit", "Verify the audit log");
    private static readonly StringFlag Head = new("head", "A head that was kept outside: proves that nothing up to it was rewritten");

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "verify",
        Summary = "Find out whether the audit log is whole and unaltered",
        Flags = [Audit, Head],
        Handler = DatabaseCommand.Handler(environment, VerifyAsync),
    };

    public static CommandDefinition DefineAudit(ProgramEnvironment environment) => new()
    {
        Name = "audit",
        Summary = "Take the audit log, or its signed end, off the machine",
        Commands =
        [
            new() { Name = "head", Summary = "Print the signed end of the log, for verify --head", Handler = DatabaseCommand.Handler(environment, HeadAsync) },
            new() { Name = "export", Summary = "Print the log as JSON lines, in OCSF's shape", Handler = DatabaseCommand.Handler(environment, ExportAsync) },
        ],
    };

    private static async Task<int> VerifyAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        if (!invocation.Flags.Get(Audit))
        {
            throw new UsageException("--audit is needed: say what is to be verified");
        }

        AuditHeadFile? outside = null;
        if (invocation.Flags.Get(Head) is { Length: > 0 } path)
        {
            try
            {
                outside = AuditHeadFile.Parse(await File.ReadAllTextAsync(path, cancellationToken));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"--head cannot be read: {failure.Message}");
            }
        }

        var verdict = await command.Get<AuditVerification>().VerifyAsync(outside, cancellationToken);
        var reach = verdict.HasOutside
            ? "and the head that was kept outside fits"
            : "which proves that it was not damaged; only a head that was kept outside proves that who owns the database did not rewrite it";
        await CommandAnswer.WriteAsync(
            invocation,
            verdict.Holds ? $"The audit log holds: {verdict.Rows} rows, {verdict.Heads} signed heads, {reach}." : $"The audit log does not hold: {string.Join("; ", verdict.Problems)}.",
            new()
            {
                ["holds"] = verdict.Holds,
                ["rows"] = verdict.Rows,
                ["unsealed"] = verdict.Unsealed,
                ["heads"] = verdict.Heads,
                ["outside"] = verdict.HasOutside,
                ["problems"] = new JsonArray([.. verdict.Problems.Select(problem => (JsonNode)problem)]),
            });
        return verdict.Holds ? 0 : DoesNotHold;
    }

    private static async Task<int> HeadAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        await command.Get<AuditSealer>().SealAsync(cancellationToken);
        await command.Get<AuditSealer>().SignAsync(cancellationToken);
        using var key = await command.Get<AuditKey>().OpenAsync(cancellationToken);
        var head = await command.Get<Database>().ReadAsync(context => context.Set<AuditHead>().OrderByDescending(head => head.Number).FirstOrDefaultAsync(cancellationToken))
            ?? throw new StartupException("The audit log is empty: there is nothing to sign.");
        await invocation.Output.WriteLineAsync(JsonSerializer.Serialize(AuditHeadFile.Of(head, key), ApiJson.Options));
        return 0;
    }

    private static async Task<int> ExportAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        await command.Get<AuditSealer>().SealAsync(cancellationToken);
        await foreach (var line in AuditExport.LinesAsync(command.Get<Database>(), after: 0, cancellationToken))
        {
            await invocation.Output.WriteLineAsync(line);
        }

        return 0;
    }
}
