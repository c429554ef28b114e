using System.Text;
using Podium.Data;

namespace Podium.Inventory.Lists;

/// <summary>The parameters of a statement, and the parts that lists have in common. Values never stand in the text.</summary>
internal sealed class ListSql(PodiumContext context)
{
    private readonly List<(string Name, object Value)> _parameters = [];

    public IReadOnlyCollection<(string Name, object Value)> Parameters => _parameters;

    public bool IsSqlite { get; } = context is SqlitePodiumContext;

    public string Add(object value)
    {
        var name = $"@p{_parameters.Count}";
        _parameters.Add((name, value is Moment moment ? moment.Microseconds : value));
        return name;
    }

    /// <summary>Accounts by any part of name, address, login or id; every word has to be there.</summary>
    /// <param name="alias">The table with <c>search_text</c> and <c>sort_name</c>.</param>
    /// <param name="isCurrent">Whether it is <c>app_account</c>, which has an index for it.</param>
    public string AccountText(string alias, string text, bool isCurrent, bool findsParts)
    {
        var words = SearchableText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var conditions = new List<string>();
        if (words is [{ } alone] && (!findsParts || Runes(alone) < 3))
        {
            conditions.Add($"{alias}.sort_name >= {Add(alone)} AND {alias}.sort_name < {Add(alone + "\U0010FFFF")}");
        }
        else if (isCurrent && IsSqlite && words.Where(word => Runes(word) >= 3).ToList() is { Count: > 0 } indexed)
        {
            var match = string.Join(" AND ", indexed.Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
            conditions.Add($"{alias}.id IN (SELECT rowid FROM app_account_search WHERE app_account_search MATCH {Add(match)})");
            conditions.AddRange(words.Where(word => Runes(word) < 3).Select(word => Contains(alias, word)));
        }
        else
        {
            conditions.AddRange(words.Select(word => Contains(alias, word)));
        }

        return conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", conditions);
    }

    /// <summary>Every word is part of the row's text.</summary>
    public string Text(string alias, string text)
    {
        var words = SearchableText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "1 = 1" : string.Join(" AND ", words.Select(word => Contains(alias, word)));
    }

    /// <summary>Rows after (or before) a key. In this form both databases seek in the index.</summary>
    public string Beyond(string sort, string id, PageToken token, bool isDescending)
    {
        var (orEqual, beyond) = isDescending != token.IsBackward ? ("<=", "<") : (">=", ">");
        var (name, number) = (Add(token.Key[0]), Add(token.Number(1)));
        return $"{sort} {orEqual} {name} AND ({sort} {beyond} {name} OR {id} {beyond} {number})";
    }

    private string Contains(string alias, string word)
    {
        var escaped = new StringBuilder(word).Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
        return $"{alias}.search_text LIKE {Add($"%{escaped}%")} ESCAPE '\\'";
    }

    private static int Runes(string word) => word.EnumerateRunes().Count();
}
