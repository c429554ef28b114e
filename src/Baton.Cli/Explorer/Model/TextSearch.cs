using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Cli.Explorer.Model;

/// <summary>Looks for words, all of which must be somewhere in the texts of a thing. Upper and lower case are the same.</summary>
internal sealed class TextSearch(IReadOnlyList<string> words)
{
    public bool IsEmpty => words.Count == 0;

    public bool Matches(Principal account)
    {
        foreach (var word in words)
        {
            if (!Has(account.Name, word) && !Has(account.Email, word) && !Has(account.Login, word) && !IsIn(account.TypeId, account.Id, word))
            {
                return false;
            }
        }

        return true;
    }

    public bool Matches(AccessTarget target)
    {
        foreach (var word in words)
        {
            if (!Has(target.Label, word) && !IsIn(target.TypeId, target.Id, word))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A role is also found by what it is on: "main admin".</summary>
    public bool Matches(AccessRole role)
    {
        foreach (var word in words)
        {
            if (!Has(role.Name, word) && !Has(role.Id, word) && !Has(role.Target.Label, word))
            {
                return false;
            }
        }

        return true;
    }

    public bool Matches(params ReadOnlySpan<string> texts)
    {
        foreach (var word in words)
        {
            var found = false;
            foreach (var text in texts)
            {
                found |= Has(text, word);
            }

            if (!found)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    // A reference names one thing: "user:7" must not find user:77. A bare number is the beginning of an id.
    private static bool IsIn(string type, string id, string word)
        => word.Length == type.Length + id.Length + 1 && word[type.Length] == ':'
            ? word.StartsWith(type, StringComparison.Ordinal) && word.EndsWith(id, StringComparison.Ordinal)
            : id.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
