namespace Baton.CommandLine.Parsing;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
internal static class Spelling
{
    private const int FarthestGuess = 2;

    public static string? Nearest(string word, IEnumerable<string> candidates)
        => candidates
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(guess => guess.distance <= FarthestGuess && guess.distance < guess.candidate.Length)
            .OrderBy(guess => guess.distance)
            .Select(guess => guess.candidate)
            .FirstOrDefault();

    /// <summary>How many letters must be inserted, removed or replaced.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
