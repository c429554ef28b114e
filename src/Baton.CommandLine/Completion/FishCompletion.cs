namespace Baton.CommandLine.Completion;

internal static class FishCompletion
{
    public static string Script(CompletionTree tree) => $$"""
        # fish completion for {{tree.Program}}; to try it: {{tree.Program}} completion fish | source
        function __{{tree.Identifier}}_is_in
            set -l command ""
            set -l skip ""
            for entry in (commandline -opc)[2..-1]
                if test -n "$skip"
                    set skip ""
                    continue
                end
                switch "$entry"
                    case {{string.Join(' ', tree.ValuedFlags)}}
                        set skip 1
                        continue
                end
                switch "$command/$entry"
                    case {{string.Join(' ', tree.CommandKeys.DefaultIfEmpty("/"))}}
                        set command "$command/$entry"
                end
            end
            test "$command" = "$argv[1]"
        end
        {{string.Join('\n', tree.Nodes.SelectMany(node => Lines(tree, node)))}}

        """;

    private static IEnumerable<string> Lines(CompletionTree tree, CompletionTree.Node node)
    {
        var start = $"complete -c {tree.Program} -n '__{tree.Identifier}_is_in \"{node.Key}\"'";
        foreach (var command in node.Commands)
        {
            yield return $"{start} -f -a {command.Name}{Description(tree, command.Summary)}";
        }

        foreach (var flag in node.Flags)
        {
            var letter = flag.Short is { } character ? $" -s {character}" : "";
            var value = flag.TakesValue ? " -r" : "";
            yield return $"{start} -l {flag.Name}{letter}{value}{Description(tree, flag.Description)}";
        }
    }

    private static string Description(CompletionTree tree, string text)
        => tree.Describe(text) is { Length: > 0 } description ? $" -d {Quote(description)}" : "";

    private static string Quote(string text)
        => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
