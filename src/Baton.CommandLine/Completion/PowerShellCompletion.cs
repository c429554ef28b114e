namespace Baton.CommandLine.Completion;

internal static class PowerShellCompletion
{
    public static string Script(CompletionTree tree) => $$"""
        # PowerShell completion for {{tree.Program}}; to try it: {{tree.Program}} completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName {{Quote(tree.Program)}} -ScriptBlock {
            param($word, $line, $cursor)
            $valued = @({{string.Join(", ", tree.ValuedFlags.Select(Quote))}})
            $entries = @{
        {{string.Join('\n', tree.Nodes.Select(node => Entries(tree, node)))}}
            }
            $command = ''
            $skip = $false
            foreach ($element in ($line.CommandElements | Select-Object -Skip 1)) {
                if ($element.Extent.EndOffset -ge $cursor) { break }
                $text = $element.Extent.Text
                if ($skip) { $skip = $false }
                elseif ($valued -ccontains $text) { $skip = $true }
                elseif ($entries.ContainsKey("$command/$text")) { $command = "$command/$text" }
            }
            if ($skip) { return }
            foreach ($entry in $entries[$command]) {
                $name, $meaning = $entry
                if ($name.StartsWith($word) -and ($name.StartsWith('-') -eq $word.StartsWith('-'))) {
                    [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $meaning)
                }
            }
        }

        """;

    private static string Entries(CompletionTree tree, CompletionTree.Node node)
    {
        var entries = node.Commands.Select(command => Entry(command.Name, tree.Describe(command.Summary)))
            .Concat(node.Flags.SelectMany(flag => CompletionTree.Spellings(flag).Select(spelling => Entry(spelling, tree.Describe(flag.Description)))));
        return $"        {Quote(node.Key)} = @({string.Join(", ", entries)})";
    }

    // A tool tip may not be empty. Every command has --help and something else, or PowerShell would flatten a list of one pair.
    private static string Entry(string word, string meaning)
        => $"@({Quote(word)}, {Quote(meaning.Length > 0 ? meaning : word)})";

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
