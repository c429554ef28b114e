namespace Baton.Documentation.Tests.Errors;

/// <summary>The page about errors holds every text that a user can meet, and no other.</summary>
public sealed class TroubleshootingTests
{
    [Fact]
    public void Sources_TextsThatAUserCanMeet_AreOnThePage()
    {
        var texts = SourceTexts.All;

        // Were the search to find nothing, nothing would be missing either.
        Assert.True(texts.Count > 300, $"only {texts.Count} texts were found in the source");
        var missing = texts.Where(text => !Unlisted.Covers(text.Pattern) && !Troubleshooting.Entries.Any(entry => Troubleshooting.Covers(entry, text.Pattern))).ToList();
        Assert.True(missing.Count == 0, $"{Troubleshooting.Path} says nothing of {missing.Count} texts; add each with its cause and remedy, … standing for what varies:\n   {string.Join("\n   ", missing)}");
    }

    [Fact]
    public void Page_Texts_AreInTheSource()
    {
        var gone = Troubleshooting.Entries.Where(entry => !SourceTexts.All.Any(text => Troubleshooting.Covers(entry, text.Pattern))).ToList();

        Assert.True(gone.Count == 0, $"{Troubleshooting.Path} explains texts that are no longer in the source:\n   {string.Join("\n   ", gone)}");
    }

    [Fact]
    public void Unlisted_Texts_AreInTheSourceAndNotOnThePage()
    {
        Assert.All(Unlisted.Texts, unlisted => Assert.Contains(SourceTexts.All, text => unlisted.Pattern == text.Pattern));
        Assert.All(Unlisted.Texts, unlisted => Assert.NotEmpty(unlisted.Reason));
    }

    [Theory]
    [InlineData("cannot write …: …", "cannot write …: it is a folder", true)]
    [InlineData("cannot write …: it is a folder", "cannot write …: …", false)]
    [InlineData("organization … (…) has no members", "organization … (…) has no members", true)]
    [InlineData("the … file", "a … file", false)]
    public void Covers_Texts_AsTheGapsSay(string entry, string text, bool covers)
        => Assert.Equal(covers, TextPattern.Of(entry).Covers(TextPattern.Of(text)));

    [Fact]
    public void Sources_TextThatIsMadeInPieces_IsFollowed()
    {
        // One text each of: a constant in a condition, a method's result, a tuple's part, a pattern's variable, a rule, a log message.
        string[] known =
        [
            "cannot find the host …; check the instance URL",
            "the credential lacks the permission … (scope …)",
            "Grafana refuses the credential: …; check the username and password, or the token. Not tried again: Grafana locks an account after five failures",
            "field … of type … is marked as required but it has a zero-value",
            "the instance URL is http: the credential crosses the network unprotected",
        ];

        Assert.All(known, text => Assert.Contains(SourceTexts.All, found => found.Pattern.Text == text));
    }
}
