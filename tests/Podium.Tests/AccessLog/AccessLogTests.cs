using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Podium.AccessLog;
using Podium.Data;
using Podium.SignIn;
using Podium.Tests.Backups;
using Podium.Tests.Hosting;

namespace Podium.Tests.AccessLog;

public sealed class AccessLogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OfPeopleProgramsAndConnectors_AreLines()
    {
        string folder;
        string text;
        Podium.People.Person person;
        await using (var rig = await BackupRig.StartAsync(DatabaseKind.Sqlite))
        {
            person = await rig.Server.AddPersonAsync(Role.SuperAdministrator);
            using (var browser = await rig.Server.BrowserAsync(person))
            {
                await browser.GetAsync("/people?q=hush-query", Cancellation);
                await browser.GetAsync("/set-up/hush-token", Cancellation);
                await browser.GetAsync("/assets/hush-asset", Cancellation);
            }

            using (var program = await rig.Server.ProgramAsync(person))
            {
                await program.GetAsync("/api/v1/apps/27-letters", Cancellation);
                await program.GetAsync($"/api/v1/apps/{new string('x', 500)}", Cancellation);
            }

            folder = rig.Server.Get<AccessLogWriter>().Folder;
            await rig.Server.Server.StopAsync();
            text = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder)), Cancellation);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(folder)[0]));
        }

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var people = Assert.Single(lines, line => line["route"]!.GetValue<string>() == "/people");
        Assert.Equal((person.PublicId.ToString(), 200, "127.0.0.1"), (people["person"]!.GetValue<string>(), people["status"]!.GetValue<int>(), people["address"]!.GetValue<string>()));
        Assert.NotNull(people["session"]);
        Assert.Contains(lines, line => line["route"]!.GetValue<string>() == "/api/v1/apps/{id}" && line["of"]!["id"]?.GetValue<string>() == "27-letters" && line["client"]!.GetValue<string>().EndsWith("/pcc", StringComparison.Ordinal));
        Assert.Contains(lines, line => line["route"]!.GetValue<string>().EndsWith("/UploadAsset", StringComparison.Ordinal) && line["client"] is not null && line["person"] is null);
        Assert.DoesNotContain(lines, line => line["route"]!.GetValue<string>().EndsWith("/GetTask", StringComparison.Ordinal));
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        Assert.DoesNotContain("xxxxx", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_OfMoreThanNinetyDays_AreRemoved()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, clock);
        var folder = Directory.CreateDirectory(server.Get<AccessLogWriter>().Folder).FullName;
        foreach (var name in new[] { "access-2026-09-01.jsonl", "access-2026-09-02.jsonl", "access-notes.jsonl", "other-2020-01-01.jsonl" })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "", Cancellation);
        }

        using var client = server.Client();
        await client.GetAsync("/sign-in", Cancellation);
        await server.Server.StopAsync();

        Assert.Equal(
            ["access-2026-09-02.jsonl", "access-2026-12-01.jsonl", "access-notes.jsonl", "other-2020-01-01.jsonl"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
