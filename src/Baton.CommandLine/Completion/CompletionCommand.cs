namespace Baton.CommandLine.Completion;

/// <summary><c>completion bash|fish|powershell|zsh</c>. Without a shell, or with an unknown one, it prints its help.</summary>
internal static class CompletionCommand
{
    private static readonly BooleanFlag NoDescriptions = new("no-descriptions", "names alone, without what they are for");

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
        Flags = [NoDescriptions],
        Handler = async (invocation, cancellationToken) =>
        {
            var tree = CompletionTree.Of(invocation.Path.Root, hasDescriptions: !invocation.Flags.Get(NoDescriptions));
            await invocation.Output.WriteAsync(script(tree).AsMemory(), cancellationToken);
            return 0;
        },
    };
}
