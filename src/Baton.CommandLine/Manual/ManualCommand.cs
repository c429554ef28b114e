namespace Baton.CommandLine.Manual;

/// <summary><c>man [command]</c>: the page of a command; <c>man --directory DIR</c>: all of them as files.</summary>
internal static class ManualCommand
{
    private static readonly StringFlag Directory = new("directory", "write the pages of all commands into this folder, as files to install") { Placeholder = "DIR" };

    public static CommandDefinition Of(string program) => new()
    {
        Name = "man",
        Summary = "Print the manual page of a command",
        Description = "Prints the manual page of the program, or of one of its commands, in the form that man reads:\n\n"
            + $"  {program} man | man -l -\n\nWith --directory, writes the pages of all commands as files, to be put where man finds them.",
        Arguments = PositionalArguments.Any with { Placeholder = "[command]" },
        Flags = [Directory],
        Handler = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var topic = Find(invocation);
        if (!invocation.Flags.IsSet(Directory.Name))
        {
            await invocation.Output.WriteAsync(ManualPage.Write(topic).AsMemory(), cancellationToken);
            return 0;
        }

        var folder = invocation.Flags.Get(Directory);
        try
        {
            System.IO.Directory.CreateDirectory(folder);
            foreach (var path in ManualPage.WithCommands(topic))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, ManualPage.FileName(path)), ManualPage.Write(path), cancellationToken);
            }
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"cannot write manual pages into \"{folder}\": {refusal.Message}");
        }

        return 0;
    }

    private static CommandPath Find(Invocation invocation)
    {
        var topic = invocation.Path.Root;
        foreach (var name in invocation.Arguments)
        {
            topic = topic.Find(name) is { Command.Hidden: false } found ? found : throw topic.UnknownCommand(name);
        }

        return topic;
    }
}
