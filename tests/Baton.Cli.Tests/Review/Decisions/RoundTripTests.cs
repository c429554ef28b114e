using System.Text;
using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;
using CsCheck;

namespace Baton.Cli.Tests.Review.Decisions;

/// <summary>What was decided on the sheet is what comes out of the import, whatever was decided and however the sheet was saved.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string Grafana = Fixtures.PathOf(Fixtures.TwoSyncs);
    private static readonly string[] Kinds = ["keep", "change", "revoke", "defer", "KEEP", " Revoke "];
    private static readonly string[] Reasons = ["", "left the team", "a;b,\"c\"\nd", "=1+1", "ünï 漢字"];
    private static readonly string[] Roles = ["Admin", "Editor", "Viewer"];

    private readonly ReviewRun _run = new();
    private int _sheets;

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Import_AnyDecisions_ComeOutAsTheyWentIn(string format)
    {
        var sheet = _run.Path($"review.{format}");
        (await Cli.Run("review", "-f", Grafana, "--out", sheet, "--system", "Prod", "--as-of", ReviewRun.AsOf)).Succeeded();

        var decision = Gen.Select(Gen.Int[0, Kinds.Length - 1].Select(i => Kinds[i]), Gen.Int[0, Reasons.Length - 1].Select(i => Reasons[i]));
        await decision.Array[8].SampleAsync(async decisions => await HoldsAsync(sheet, format, decisions), iter: 25, threads: 1);
    }

    [Theory]
    [InlineData(';', "utf-8")]
    [InlineData('\t', "utf-16")]
    public async Task Import_OtherSeparatorsAndEncodings_AreUnderstood(char separator, string encoding)
    {
        var sheet = _run.Path("review.csv");
        var decided = _run.Path("decided.csv");
        (await Cli.Run("review", "-f", Grafana, "--out", sheet)).Succeeded();
        DecidedSheet.Csv(sheet, decided, (_, row) => row["decision"] = "revoke", separator, Encoding.GetEncoding(encoding));

        var result = await Cli.Run("review", "import", decided, "-f", Grafana, "--decided-by", "Rita", "-o", "json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(8, result.Json["revocations"]!.AsArray().Count);
    }

    public void Dispose() => _run.Dispose();

    private async Task HoldsAsync(string sheet, string format, (string Kind, string Reason)[] decisions)
    {
        var decided = _run.Path($"decided{_sheets}.{format}");
        var folder = _run.Path($"out{_sheets++}");
        var expected = new Dictionary<string, (string Kind, string Reason, string NewRole)>(StringComparer.Ordinal);
        void Decide(int i, Dictionary<string, string> row)
        {
            var (kind, reason) = decisions[i];

            // A change to what another row revokes is refused, and tested elsewhere.
            kind = kind == "change" && i % 2 == 0 ? "keep" : kind == "revoke" && i % 2 == 1 ? "defer" : kind;
            row["decision"] = kind;
            row["reason"] = reason;
            row["decided_by"] = "Rita Reviewer <rita@example.com>";
            row["new_role"] = kind == "change" ? Roles.First(role => role != row["role"]) : "";
            expected[row["row_id"]] = (kind.Trim().ToLowerInvariant(), reason, row["new_role"]);
        }

        if (format == "csv")
        {
            DecidedSheet.Csv(sheet, decided, Decide);
        }
        else
        {
            DecidedSheet.Xlsx(sheet, decided, Decide);
        }

        var result = await Cli.Run("review", "import", decided, "--base", Grafana, "--out", folder);
        if (result.ExitCode == 2 && result.Error.Contains("is to be changed to", StringComparison.Ordinal))
        {
            return;
        }

        Assert.Equal(0, result.ExitCode);
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "decisions.json"), TestContext.Current.CancellationToken))!;
        var found = file["decisions"]!.AsArray().ToDictionary(
            row => (string)row!["rowId"]!,
            row => ((string)row!["decision"]!, (string?)row["reason"] ?? "", (string?)row["newRole"] ?? ""),
            StringComparer.Ordinal);
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), found.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        var counts = file["counts"]!;
        Assert.Equal(8, (int)counts["keep"]! + (int)counts["change"]! + (int)counts["revoke"]! + (int)counts["defer"]!);
        Assert.Equal("Prod", (string)file["review"]!["system"]!);
    }
}
