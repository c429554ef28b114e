using Podium.Connectors;
using Podium.Data;

namespace Podium.Tests.Connectors;

public sealed class ConnectorChipTests
{
    private static readonly Moment Now = new(1_900_000_000_000_000);

    [Fact]
    public void Of_NothingYet_IsNotConnected()
    {
        Assert.Equal(ConnectorChip.NotConnected, Chip(Hosted(settings: false)));
        Assert.Equal(ConnectorChip.NotConnected, Chip(SelfHosted(seen: null)));
    }

    [Theory]
    [InlineData(nameof(SyncState.Running))]
    [InlineData(nameof(SyncState.Received))]
    [InlineData(nameof(SyncState.Applying))]
    public void Of_SyncUnderWay_IsSyncingAlsoAfterAnError(string state)
        => Assert.Equal(ConnectorChip.Syncing, Chip(With(Hosted(), connector => connector.Error = "it failed"), Enum.Parse<SyncState>(state)));

    [Fact]
    public void Of_QueuedSync_LeavesAnErrorVisible()
    {
        Assert.Equal(ConnectorChip.Error, Chip(With(Hosted(), connector => connector.Error = "it failed"), SyncState.Queued));
        Assert.Equal(ConnectorChip.Syncing, Chip(Hosted(), SyncState.Queued));
    }

    [Fact]
    public void Of_FirstThatHolds_InTheOrderOfTheEnumeration()
    {
        var connector = With(SelfHosted(seen: Now - TimeSpan.FromHours(4)), one => (one.Error, one.PausedAt) = ("it failed", Now));

        Assert.Equal(ConnectorChip.Paused, Chip(connector, SyncState.Running, isHeld: true));
        connector.PausedAt = null;
        Assert.Equal(ConnectorChip.NeedsConfirmation, Chip(connector, SyncState.Running, isHeld: true));
        Assert.Equal(ConnectorChip.NotSeen, Chip(connector, SyncState.Running));
        connector.LastSeenAt = Now;
        Assert.Equal(ConnectorChip.Syncing, Chip(connector, SyncState.Running));
        Assert.Equal(ConnectorChip.Error, Chip(connector));
        connector.Error = null;
        Assert.Equal(ConnectorChip.Connected, Chip(connector));
    }

    [Theory]
    [InlineData(180, nameof(ConnectorChip.Connected))]
    [InlineData(181, nameof(ConnectorChip.NotSeen))]
    public void Of_Silence_IsThreeIntervals(int minutes, string expected)
        => Assert.Equal(Enum.Parse<ConnectorChip>(expected), Chip(SelfHosted(seen: Now - TimeSpan.FromMinutes(minutes))));

    [Fact]
    public void Of_NeverApplied_IsNotConnectedYet() => Assert.Equal(ConnectorChip.Syncing, Chip(Hosted(), wasApplied: false));

    private static ConnectorChip Chip(Connector connector, SyncState? open = null, bool isHeld = false, bool wasApplied = true)
        => ConnectorChips.Of(connector, open, isHeld, wasApplied, Now);

    private static Connector Hosted(bool settings = true) => With(New(ConnectorHosting.Hosted), connector => connector.ProtectedSettings = settings ? [1] : null);

    private static Connector SelfHosted(Moment? seen) => With(New(ConnectorHosting.SelfHosted), connector => connector.LastSeenAt = seen);

    private static Connector New(ConnectorHosting hosting)
        => new() { PublicId = default, AppId = 1, CatalogId = "x", DisplayName = "x", Hosting = hosting, CreatedAt = Now };

    private static Connector With(Connector connector, Action<Connector> change)
    {
        change(connector);
        return connector;
    }
}
