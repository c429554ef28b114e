namespace Baton.CommandLine.Completion;

/// <summary><c>completion bash|fish|powershell|zsh</c>. Without a shell, or with an unknown one, it prints its help.</summary>
internal static class CompletionCommand
{
    public static CommandDefinition Definition { get; } = new()
    {
        Name = "completion",
        Summary = "Print a completion script for a shell",
        Arguments = PositionalArguments.Any,
        Commands =
        [
            Shell("bash", BashCompletion.Script),
            Shell("fish", FishCompletion.Script),
            Shell("powershell", PowerShellCompletion.Script),
            Shell("zsh", ZshCompletion.Script),
        ],
    };

    private static CommandDefinition Shell(string name, Func<CompletionTree, string> script) => new()
    {
        Name = name,
        Summary = $"Print the completion script for {name}",
        Handler = async (invocation, cancellationToken) =>
        {
            await invocation.Output.WriteAsync(script(CompletionTree.Of(invocation.Path.Root)).AsMemory(), cancellationToken);
            return 0;
        },
    };
}
