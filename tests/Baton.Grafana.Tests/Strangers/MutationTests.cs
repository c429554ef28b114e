using System.Globalization;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Mutations;

namespace Baton.Grafana.Tests.Strangers;

/// <summary>
/// A whole sync through a gateway that changes one value of one answer, each time it is given. Whatever it is: no stack trace, no secret,
/// and no exit 0 with fewer grants, unless a list without a number lacks a row, which nobody can know.
/// </summary>
public sealed class MutationTests
{
    /// <summary>More on demand: <c>bench/endure mutations 5000</c>.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("BATON_ENDURE_SEEDS") ?? "20", CultureInfo.InvariantCulture);

    private static readonly int FirstSeed = int.Parse(Environment.GetEnvironmentVariable("BATON_ENDURE_FIRST") ?? "1", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("12.1", false)]
    [InlineData("12.1", true)]
    [InlineData("6.5", false)]
    public async Task Sync_OneValueOfAnAnswerIsChanged_NeverLooksLikeARevocation(string version, bool byToken)
    {
        var (grafana, token) = await DemoGrafana.StartAsync(
            new FakeGrafanaOptions { Version = GrafanaVersion.Parse(version), AdminPassword = TestConnector.Password }, Cancellation);
        await using var instance = grafana;
        await using var proxy = await MutatingProxy.StartAsync(grafana.BaseAddress, Cancellation);
        using var sync = new RepeatedSync(proxy.Address, byToken ? token : null);
        Assert.Equal(0, await sync.RunAsync());
        var truth = sync.Grants();
        var before = await File.ReadAllBytesAsync(sync.File, Cancellation);
        var answers = proxy.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(truth);

        var refused = 0;
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            var random = new Random(seed);
            var (path, body) = answers[random.Next(answers.Count)];
            var mutation = new Mutation(path, random.Next(Mutation.CountValues(body)), (MutationKind)random.Next(4));
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {mutation}");
            proxy.Mutation = mutation;
            await File.WriteAllBytesAsync(sync.File, before, Cancellation);

            var code = await sync.RunAsync();

            var context = $"seed {seed}, {mutation}, exit {code}: {sync.Error}";
            Assert.DoesNotContain("   at ", sync.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", sync.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(TestConnector.Password, sync.Error + sync.Output, StringComparison.Ordinal);
            Assert.False(token is not null && (sync.Error + sync.Output).Contains(token, StringComparison.Ordinal), context);
            if (code != 0)
            {
                refused++;
                var after = await File.ReadAllBytesAsync(sync.File, Cancellation);
                Assert.True(before.AsSpan().SequenceEqual(after), $"the file was changed: {context}");
                continue;
            }

            var missing = truth.Except(sync.Grants(), StringComparer.Ordinal).ToList();
            Assert.True(missing.Count == 0 || (proxy.TookARow && IsSaid(mutation.Path.Split('?')[0], sync.Error)), $"missing {string.Join(", ", missing)}: {context}");
        }

        Assert.InRange(refused, Seeds > 10 ? 1 : 0, Seeds);
    }

    /// <summary>
    /// A row less in a list that Grafana gives no number of: the server says so, and nothing says otherwise. And one less than the number in
    /// a list from which people can be hidden, which is warned of.
    /// </summary>
    private static bool IsSaid(string path, string error)
        => path is "/api/org/users" or "/api/org/invites"
            || path.EndsWith("/users", StringComparison.Ordinal)
            || path.EndsWith("/members", StringComparison.Ordinal)
            || path.EndsWith("/tokens", StringComparison.Ordinal)
            || path.EndsWith("/teams/search", StringComparison.Ordinal)
            || (path == "/api/org/users/search" && error.Contains("the rest are hidden from this token", StringComparison.Ordinal));
}
