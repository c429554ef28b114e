using System.Text.Json;

namespace Baton.EndToEnd.Tests;

/// <summary>How a run came out.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    /// <summary>The log, a line an object.</summary>
    public IReadOnlyList<JsonElement> Log => [.. Lines.Where(IsJson).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>What is said on standard error besides the log.</summary>
    public IReadOnlyList<string> Said => [.. Lines.Where(line => !IsJson(line))];

    /// <summary>The one object on standard output that a one-shot operation ends with.</summary>
    public JsonElement Result => JsonDocument.Parse(Assert.Single(Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;

    /// <summary>A one-shot operation failed with this code, and said why in one line, which is also in its result.</summary>
    public Ended FailedWithResult(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}\n{Error}");
        Assert.Equal(Assert.Single(Said), Result.Text("summary"));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }

    private IEnumerable<string> Lines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Ended Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Error}");
        Assert.Empty(Said);
        return this;
    }

    /// <summary>It failed with this code and said why in one line, without a stack trace; the log says the same.</summary>
    public Ended Failed(int exitCode, string why)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}\n{Error}");
        Assert.True(Said.Count == 1, $"not one line but {Said.Count}:\n{Error}");
        Assert.Contains(why, Said[0], StringComparison.Ordinal);
        Assert.Equal("", Output);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected failure", Error, StringComparison.Ordinal);
        foreach (var line in Log.Where(line => line.GetProperty("msg").GetString() == "error running connector"))
        {
            Assert.Equal(Said[0], line.GetProperty("error").GetString());
        }

        return this;
    }

    private static bool IsJson(string line) => line.StartsWith('{');
}

internal static class JsonText
{
    extension(JsonElement parent)
    {
        /// <summary>The text of a member.</summary>
        public string Text(string name) => parent.GetProperty(name).GetString() ?? "";
    }
}
