namespace Baton.CommandLine.Completion;

/// <summary>Works sourced, and as a file <c>_program</c> in a directory of <c>fpath</c>.</summary>
internal static class ZshCompletion
{
    public static string Script(CompletionTree tree) => $$"""
        #compdef {{tree.Program}}
        # zsh completion for {{tree.Program}}; to try it: source <({{tree.Program}} completion zsh)
        _{{tree.Program}}() {
            local command="" skip="" entry="" index=0
            local -a commands flags
            for ((index = 2; index < CURRENT; index++)); do
                entry="${words[index]}"
                if [[ -n "$skip" ]]; then skip=""; continue; fi
                case "$entry" in
                    (--) _files; return ;;
                    ({{string.Join('|', tree.ValuedFlags)}}) skip=1; continue ;;
                esac
                case "$command/$entry" in
                    ({{string.Join('|', tree.CommandKeys.DefaultIfEmpty("/"))}}) command="$command/$entry" ;;
                esac
            done
            if [[ -n "$skip" ]]; then _files; return; fi
            case "$command" in
        {{string.Join('\n', tree.Nodes.Select(node => Case(tree, node)))}}
            esac
            if [[ "${words[CURRENT]}" == -* ]]; then
                _describe -o flag flags
            elif (( $#commands )); then
                _describe command commands
            else
                _files
            fi
        }
        if [[ "${funcstack[1]}" == "_{{tree.Program}}" ]]; then
            _{{tree.Program}} "$@"
        else
            compdef _{{tree.Program}} {{tree.Program}}
        fi

        """;

    private static string Case(CompletionTree tree, CompletionTree.Node node)
    {
        var commands = string.Join(' ', node.Commands.Select(command => Entry(command.Name, tree.Describe(command.Summary))));
        var flags = string.Join(' ', node.Flags.SelectMany(flag =>
            CompletionTree.Spellings(flag).Select(spelling => Entry(spelling, tree.Describe(flag.Description)))));
        return $"        (\"{node.Key}\") commands=({commands}) flags=({flags}) ;;";
    }

    private static string Entry(string word, string description)
        => description.Length == 0 ? $"'{word}'" : $"'{word}:{description.Replace("'", "'\\''", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal)}'";
}
