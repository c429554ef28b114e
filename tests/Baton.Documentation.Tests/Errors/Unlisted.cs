namespace Baton.Documentation.Tests.Errors;

/// <summary>Texts of the source that the page leaves out, each for a reason.</summary>
internal static class Unlisted
{
    public static IReadOnlyList<(TextPattern Pattern, string Reason)> Texts { get; } =
    [
        (TextPattern.Of("table, json, jsonl, csv, tsv or markdown"), "ends `… does not know …; it takes …`"),
        (TextPattern.Of("(it starts with …, not with …)"), "ends `… is not a .c1z file…`"),
        (TextPattern.Of("; it holds none before the one that is shown"), "ends `--since: …`"),
        (TextPattern.Of("more than one EnqueuePageTokens annotation"), "ends `a page has …`, a defect"),
        (TextPattern.Of("a row that is null"), "ends `… answered /… with …`"),
        (TextPattern.Of(", but a bare SQLite database"), "ends `… is not a .c1z file…`"),
        (TextPattern.Of("an empty or oversized page token"), "ends `a page has …`, a defect"),
        (TextPattern.Of("page tokens that are too large together"), "ends `a page has …`, a defect"),
        (TextPattern.Of("a duplicate or cyclic spawned cursor"), "ends `a page has …`, a defect"),
        (TextPattern.Of("grafana-connector: …"), "puts the connector's name before another text"),
        (TextPattern.Of("grafana-connector: cloud: …"), "puts the connector's name before another text"),
        (TextPattern.Of("error: issue credential for identity failed:"), "begins a text that is there"),
        (TextPattern.Of("baton-grafana: …"), "puts the connector's name before another text"),
        .. Ends("line …: …", "what stands there is given twice", "expected a map from field names to values", "expected the value of … to be a text or a list", "expected the items of … to be texts"),
        // Said by a server to itself: who sent the assertion is told only that it is refused.
        .. Ends(
            "the assertion is not accepted: …", "its alg is not EdDSA", "it is of another client", "it is meant for another server", "it has expired; compare the clocks",
            "it reaches too far ahead; compare the clocks", "it is not valid yet; compare the clocks"),
    ];

    private static IEnumerable<(TextPattern Pattern, string Reason)> Ends(string beginning, params string[] ends)
        => ends.Select(end => (TextPattern.Of(end), $"ends `{beginning}`"));

    public static bool Covers(TextPattern text) => Texts.Any(unlisted => unlisted.Pattern == text);
}
