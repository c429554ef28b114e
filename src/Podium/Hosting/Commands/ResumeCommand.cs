using Baton.CommandLine;
using Podium.Freezing;

namespace Podium.Hosting.Commands;

/// <summary><c>podium resume</c>: ends the frozen state of a restored server, beside it or before it starts.</summary>
internal static class ResumeCommand
{
    private static readonly BooleanFlag WithoutSyncs = new("without-syncs", "Also when connectors were not synced since the restore");

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "resume",
        Summary = "Let a server work again that was restored from a backup",
        Flags = [WithoutSyncs],
        Handler = DatabaseCommand.Handler(environment, async (invocation, command, cancellationToken) =>
        {
            await command.Get<Resume>().RunAsync(caller: null, invocation.Flags.Get(WithoutSyncs), cancellationToken);
            await CommandAnswer.WriteAsync(invocation, "The server works again.", new() { ["frozen"] = false });
            return 0;
        }),
    };
}
