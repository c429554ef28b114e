namespace Baton.CommandLine.Manual;

/// <summary>The manual page of one command, made of what its definition says.</summary>
internal static class ManualPage
{
    private const int UserCommands = 1;

    /// <summary>What <c>man</c> is asked for: the names of the commands, joined by dashes.</summary>
    public static string Name(CommandPath path) => path.FullName.Replace(' ', '-');

    public static string FileName(CommandPath path) => $"{Name(path)}.{UserCommands}";

    /// <summary>The page of the command, then those of the commands below it.</summary>
    public static IEnumerable<CommandPath> WithCommands(CommandPath path)
        => path.VisibleCommands().SelectMany(WithCommands).Prepend(path);

    public static string Write(CommandPath path)
    {
        var root = path.Root.Command;
        var page = new RoffWriter(Name(path), UserCommands, $"{root.Name} {root.Version}".TrimEnd(), $"{root.Name} manual");
        page.Section("NAME");
        page.Line(Name(path), " - ", Sentence(path));
        WriteCalls(page, path);
        WriteDescription(page, path);
        WriteCommands(page, path);
        var own = path.OwnFlags().ToList();
        WriteFlags(page, "OPTIONS", own.Where(flag => !flag.Hidden));

        // Help leaves them out so that people find the others; a manual is where one looks for the rest.
        WriteFlags(page, "RARELY USED OPTIONS", own.Where(flag => flag.Hidden));
        WriteInherited(page, path);
        foreach (var section in path.Command.Manual)
        {
            page.Section(section.Title);
            foreach (var entry in section.Entries)
            {
                WriteEntry(page, entry);
            }
        }

        WriteSeeAlso(page, path);
        return page.ToString();
    }

    private static string Sentence(CommandPath path)
    {
        var text = path.Command.Summary.Length > 0 ? path.Command.Summary : path.Command.Description;
        var line = text.Split('\n')[0].TrimEnd('.');
        return line.Length > 0 ? line : path.FullName;
    }

    private static void WriteCalls(RoffWriter page, CommandPath path)
    {
        var hasCommands = path.VisibleCommands().Any();
        page.Section("SYNOPSIS");
        if (path.Command.Handler is not null || !hasCommands)
        {
            var arguments = path.Command.Arguments.Placeholder;
            page.Line(
                RoffText.Bold(path.FullName), arguments.Length > 0 ? " " : "", RoffText.Italic(arguments), " [", RoffText.Italic("flags"), "]");
            page.Break();
        }

        if (hasCommands)
        {
            page.Line(RoffText.Bold(path.FullName), " ", RoffText.Italic("command"), " [", RoffText.Italic("flags"), "]");
        }
    }

    private static void WriteDescription(RoffWriter page, CommandPath path)
    {
        var text = path.Command.Description.Length > 0 ? path.Command.Description : path.Command.Summary;
        if (text.Length > 0)
        {
            page.Section("DESCRIPTION");
            page.Text(text);
        }
    }

    private static void WriteCommands(RoffWriter page, CommandPath path)
    {
        var commands = path.VisibleCommands().ToList();
        if (commands.Count == 0)
        {
            return;
        }

        page.Section("COMMANDS");
        foreach (var command in commands)
        {
            page.Entry([RoffText.Bold(command.Command.Name)], command.Command.Summary);
        }
    }

    private static void WriteFlags(RoffWriter page, string title, IEnumerable<Flag> flags)
    {
        var sorted = flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).ToList();
        if (sorted.Count == 0)
        {
            return;
        }

        page.Section(title);
        foreach (var flag in sorted)
        {
            page.Entry(Syntax(flag), flag.Meaning);
        }
    }

    // Forty flags that every command has would bury the three that it has of its own.
    private static void WriteInherited(RoffWriter page, CommandPath path)
    {
        if (path.InheritedFlags().Any())
        {
            page.Section("GLOBAL OPTIONS");
            page.Line("The options of ", RoffText.Bold(Name(path.Root)), "(1) that every command understands:");
            foreach (var flag in path.InheritedFlags().Where(flag => !flag.Hidden).OrderBy(flag => flag.Name, StringComparer.Ordinal))
            {
                page.Break();
                page.Line([.. Syntax(flag)]);
            }
        }
    }

    private static List<RoffText> Syntax(Flag flag)
    {
        var parts = new List<RoffText>();
        if (flag.Short is { } letter)
        {
            parts.AddRange([RoffText.Bold($"-{letter}"), ", "]);
        }

        parts.Add(RoffText.Bold($"--{flag.Name}"));
        if ((flag.Placeholder ?? flag.TypeWord) is { Length: > 0 } word)
        {
            parts.AddRange([" ", RoffText.Italic(word)]);
        }

        return parts;
    }

    private static void WriteEntry(RoffWriter page, ManualEntry entry)
    {
        if (entry.Term.Length > 0)
        {
            page.Entry([RoffText.Bold(entry.Term)], entry.Text);
        }
        else
        {
            page.Text(entry.Text);
        }
    }

    private static void WriteSeeAlso(RoffWriter page, CommandPath path)
    {
        var others = path.VisibleCommands().Select(Name).ToList();
        if (!path.IsRoot)
        {
            others.Insert(0, Name(path.Root));
        }

        if (others.Count > 0)
        {
            page.Section("SEE ALSO");
            var parts = others.SelectMany((name, index) => new[] { RoffText.Bold(name), index < others.Count - 1 ? "(1), " : "(1)" });
            page.Line([.. parts]);
        }
    }
}
