using Baton.Cli.Tests.Explorer;
using Baton.Cli.Tests.Review;
using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Tests.Field;

/// <summary>A pending invitation, a revoked token, and who was last seen ten years ago are the same everywhere.</summary>
public sealed class StatusInListsTests : IDisposable
{
    private readonly ReviewRun _run = new();

    [Fact]
    public async Task Resources_SayWhatItIs()
    {
        using var file = File();

        var rows = (await Cli.Run("resources", "-f", file.Path, "-o", "csv", "--columns", "display_name,status,account_type,last_seen", "--sort", "display_name")).Succeeded().Lines;

        Assert.Equal(
            ["display_name,status,account_type,last_seen", "dead,revoked,,", "invited@example.com,pending,,", "live,,,", "longago,enabled,human,2016-10-04", "never,enabled,human,never"],
            rows);
    }

    [Fact]
    public async Task Explorer_SaysTheSame()
    {
        using var file = File();
        await using var explorer = await ExplorerRun.StartAsync(file.Path);

        var accounts = (await explorer.Get("accounts"))["items"]!.AsArray();
        var token = await explorer.Get("resource?type=service_account_token&id=t2");

        Assert.Equal(
            [("invited@example.com", "pending", "unknown", "unknown"), ("longago", "enabled", "human", "observed"), ("never", "enabled", "human", "never")],
            accounts.Select(row => ((string)row!["name"]!, (string)row["status"]!, (string)row["kind"]!, (string)row["seen"]!)).Order());
        Assert.Equal(1, (int?)(await explorer.Get("accounts?status=pending"))["total"]);
        Assert.Contains(token["attributes"]!.AsArray(), each => (string?)each!["name"] == "status" && (string?)each["value"] == "revoked");
    }

    [Fact]
    public async Task Review_SaysTheSame()
    {
        using var file = File();

        var review = System.Text.Json.Nodes.JsonNode.Parse(await _run.Text(file.Path, "json"))!;

        Assert.Equal(
            [("invited@example.com", "pending", "unknown", "not provided"), ("longago", "enabled", "human", "2016-10-04"), ("never", "enabled", "human", "never")],
            review["accounts"]!.AsArray().Select(row => ((string)row!["accountName"]!, (string)row["accountStatus"]!, (string)row["accountType"]!, (string)row["lastSeen"]!)).Order());
        Assert.Equal(["live"], review["findings"]!.AsArray().Where(finding => ((string)finding!["code"]!).StartsWith("TOKEN_", StringComparison.Ordinal)).Select(finding => (string)finding!["subject"]!));
    }

    public void Dispose() => _run.Dispose();

    private static TemporaryFile File() => TemporaryFile.Of(sync =>
    {
        sync.Put([Types.User, new ResourceType { Id = "service_account_token", Traits = { ResourceType.Types.Trait.Secret } }]);
        sync.Put(
        [
            FieldResources.Invitation("9", "invited@example.com"),
            FieldResources.Token("t1", "live", isRevoked: false),
            FieldResources.Token("t2", "dead", isRevoked: true),
            Books.Person("1", new() { Login = "longago", Created = new(2014, 3, 1, 0, 0, 0, TimeSpan.Zero), LastSeen = new(2016, 10, 4, 0, 0, 0, TimeSpan.Zero) }),
            Books.Person("2", new() { Login = "never", Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), LastSeen = new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero) }),
        ]);
    });
}
