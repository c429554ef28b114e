namespace Baton.CommandLine.Help;

/// <summary><c>help [command]</c>: the same text as <c>[command] --help</c>.</summary>
internal static class HelpCommand
{
    public static CommandDefinition Definition { get; } = new()
    {
        Name = "help",
        Summary = "Print the help of a command",
        Arguments = PositionalArguments.Any with { Placeholder = "[command]" },
        Handler = Run,
    };

    private static Task<int> Run(Invocation invocation, CancellationToken cancellationToken)
    {
        var topic = invocation.Path.Root;
        foreach (var name in invocation.Arguments)
        {
            if (topic.Find(name) is not { } found)
            {
                // Not a failure: whoever asks for help gets help.
                var names = string.Join(' ', invocation.Arguments.Select(argument => $"`{topic.Shown(argument)}`"));
                invocation.Error.WriteLine($"Unknown help topic [{names}]");
                HelpText.WriteUsage(invocation.Error, invocation.Path.Root);
                return Task.FromResult(0);
            }

            topic = found;
        }

        HelpText.Write(invocation.Output, topic);
        return Task.FromResult(0);
    }
}
