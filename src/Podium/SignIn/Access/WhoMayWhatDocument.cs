using System.Text;

namespace Podium.SignIn.Access;

/// <summary>docs/podium/who-may-what.md, made of <see cref="AccessTable"/>; a test holds the file to it.</summary>
internal static class WhoMayWhatDocument
{
    public static string Write()
    {
        var text = new StringBuilder("""
            # Who may what

            Made of the table in `src/Podium/SignIn/Access/AccessTable.cs`, by which the server decides; a test compares the two. What is not here is for nobody.
            Roles add up, and everybody who is signed in is a Basic User. *Besides* means that such a person is let in too, for what is theirs.

            """);
        foreach (var section in AccessTable.Sections)
        {
            text.Append($"\n## {section.Title}\n\n");
            if (section.Remark.Length > 0)
            {
                text.Append($"{section.Remark}\n\n");
            }

            text.Append("| endpoint | who | besides |\n|---|---|---|\n");
            foreach (var rule in section.Rules)
            {
                var method = rule.Method == "*" ? "" : rule.Method + " ";
                text.Append($"| `{method}{rule.Route}` | {rule.Who} | {rule.Condition} |\n");
            }
        }

        return text.ToString().ReplaceLineEndings("\n");
    }
}
