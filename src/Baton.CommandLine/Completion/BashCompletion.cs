namespace Baton.CommandLine.Completion;

/// <summary>Works with bash 3.2 and without the bash-completion package.</summary>
internal static class BashCompletion
{
    public static string Script(CompletionTree tree) => $$"""
        # bash completion for {{tree.Program}}; to try it: source <({{tree.Program}} completion bash)
        _{{tree.Identifier}}_completion() {
            local word="${COMP_WORDS[COMP_CWORD]}" command="" skip="" entry="" index=0 commands="" flags=""
            COMPREPLY=()
            for ((index = 1; index < COMP_CWORD; index++)); do
                entry="${COMP_WORDS[index]}"
                # bash splits --flag=value into three words
                if [[ "$entry" == "=" ]]; then skip=1; continue; fi
                if [[ -n "$skip" ]]; then skip=""; continue; fi
                case "$entry" in
                    --) return ;;
                    {{string.Join('|', tree.ValuedFlags)}}) skip=1; continue ;;
                esac
                case "$command/$entry" in
                    {{string.Join('|', tree.CommandKeys.DefaultIfEmpty("/"))}}) command="$command/$entry" ;;
                esac
            done
            # the value of a flag: left to the completion of file names
            if [[ -n "$skip" || "$word" == "=" ]]; then return; fi
            case "$command" in
        {{string.Join('\n', tree.Nodes.Select(Case))}}
            esac
            if [[ "$word" == -* ]]; then
                COMPREPLY=($(compgen -W "$flags" -- "$word"))
            else
                COMPREPLY=($(compgen -W "$commands" -- "$word"))
            fi
        }
        complete -o default -F _{{tree.Identifier}}_completion {{tree.Program}}

        """;

    private static string Case(CompletionTree.Node node)
    {
        var commands = string.Join(' ', node.Commands.Select(command => command.Name));
        var flags = string.Join(' ', node.Flags.SelectMany(CompletionTree.Spellings));
        return $"        \"{node.Key}\") commands=\"{commands}\"; flags=\"{flags}\" ;;";
    }
}
