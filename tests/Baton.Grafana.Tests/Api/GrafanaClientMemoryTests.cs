using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Sdk.Http;

namespace Baton.Grafana.Tests.Api;

/// <summary>Runs while no other test does, since it measures what the process holds.</summary>
[CollectionDefinition(nameof(GrafanaClientMemoryTests), DisableParallelization = true)]
[Collection(nameof(GrafanaClientMemoryTests))]
public sealed class GrafanaClientMemoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StreamMembers_HundredThousand_AreNotKept()
    {
        // As JSON they are 21 MB, as rows more.
        await using var server = await GeneratedGrafana.MembersAsync(100_000);
        using var logs = new CollectedLogs();
        using var client = new GrafanaClient(ConnectorHttp.Create(new()), server.Address, new SignIn(Credential.Bearer("t"), TimeProvider.System), TimeSpan.FromMinutes(5), TimeProvider.System, logs);

        long first = 0;
        long most = 0;
        var slices = 0;
        await foreach (var _ in Slices.OfAsync(client.StreamMembersAsync(1, Cancellation), Cancellation))
        {
            if (++slices % 10 == 0)
            {
                var held = GC.GetTotalMemory(forceFullCollection: true);
                first = first == 0 ? held : first;
                most = Math.Max(most, held);
            }
        }

        Assert.Equal(100, slices);
        Assert.InRange(most - first, long.MinValue, 5_000_000);
    }
}
