using System.Text.RegularExpressions;
using Baton.Testing.Grafana;

namespace Baton.EndToEnd.Tests;

/// <summary>A review from the sync to the proof: both executables, a person who fills in the sheet, and the script that hands over what was decided.</summary>
public sealed partial class ReviewTests
{
    [Fact]
    public async Task Revocations_OneRefusedAndOneGoneBefore_AreCarriedOutAndProved()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ids = new[] { "ada", "bob", "carol", "dave" }.ToDictionary(login => login, login => Add(grafana, login));
        using var workspace = new Workspace(grafana);
        (await workspace.SyncAsync()).Succeeded();
        await ImportAsync(workspace, row => row["login"] is "ada" or "bob" or "carol" ? "revoke" : row["login"] == "dave" ? "change" : "keep");

        // In the meantime, somebody has removed Bob, and Grafana does not let go of Ada.
        grafana.RemoveMember(1, ids["bob"]);
        grafana.Faults.On("DELETE", $"^/api/orgs/1/users/{ids["ada"]}$").Respond(403, """{"message":"not today"}""");
        var first = await ScriptAsync(workspace);

        Assert.Equal(1, first.ExitCode);
        Assert.Contains($"failed: --revoke-grant=org:1:Viewer:user:{ids["ada"]}", first.Error, StringComparison.Ordinal);
        Assert.Equal((GrafanaRole.Viewer, null, null, GrafanaRole.Editor), RolesOf(grafana, ids));
        var notYet = await VerifyAsync(workspace, "later.c1z");
        Assert.Equal(5, notYet.ExitCode);
        Assert.Equal(["still present", "gone", "gone", "gone"], Results(notYet));

        grafana.Faults.Clear();
        (await ScriptAsync(workspace)).Succeeded();

        Assert.Equal((null, null, null, GrafanaRole.Editor), RolesOf(grafana, ids));
        var proved = await VerifyAsync(workspace, "last.c1z");
        Assert.Equal(0, proved.ExitCode);
        Assert.Equal(["gone", "gone", "gone", "gone"], Results(proved));
    }

    [Fact]
    public async Task Script_DryRun_ChangesNothing()
    {
        await using var grafana = await Workspace.StartGrafanaAsync();
        var ada = Add(grafana, "ada");
        using var workspace = new Workspace(grafana);
        (await workspace.SyncAsync()).Succeeded();
        await ImportAsync(workspace, row => row["login"] == "ada" ? "revoke" : "keep");
        grafana.Requests.Clear();

        var ended = (await ScriptAsync(workspace, "--dry-run")).Succeeded();

        Assert.Equal("would", ended.Result.Text("outcome"));
        Assert.Empty(grafana.Requests.Writes);
        Assert.Equal(GrafanaRole.Viewer, grafana.RoleOf(1, ada));
    }

    [GeneratedRegex("""(?x) , (?= (?: [^"]* "[^"]*" )* [^"]* $ )""", RegexOptions.None, 10_000)]
    private static partial Regex Comma();

    private static long Add(FakeGrafana grafana, string login)
    {
        var id = grafana.AddUser(login);
        grafana.AddMember(1, id, GrafanaRole.Viewer);
        return id;
    }

    private static (GrafanaRole? Ada, GrafanaRole? Bob, GrafanaRole? Carol, GrafanaRole? Dave) RolesOf(FakeGrafana grafana, Dictionary<string, long> ids)
        => (grafana.RoleOf(1, ids["ada"]), grafana.RoleOf(1, ids["bob"]), grafana.RoleOf(1, ids["carol"]), grafana.RoleOf(1, ids["dave"]));

    private static string[] Results(Ended verified)
        => [.. System.Text.Json.JsonDocument.Parse(verified.Output).RootElement.GetProperty("verifications").EnumerateArray().Select(row => row.Text("result"))];

    // The reviewer's part. Cells in quotation marks keep them.
    private static async Task ImportAsync(Workspace workspace, Func<Dictionary<string, string>, string> decide)
    {
        var (sheet, decided) = (Path.Combine(workspace.Root, "review.csv"), Path.Combine(workspace.Root, "decided.csv"));
        Assert.Equal(0, (await BatonAsync(workspace, "review", "-f", workspace.File, "--out", sheet)).ExitCode);
        var lines = await File.ReadAllLinesAsync(sheet, TestContext.Current.CancellationToken);
        var header = lines[0].Split(',');
        for (var i = 1; i < lines.Length; i++)
        {
            var row = header.Zip(Comma().Split(lines[i])).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            row["decision"] = decide(row);
            row["new_role"] = row["decision"] == "change" ? "Editor" : "";
            row["decided_by"] = "Rita";
            lines[i] = string.Join(',', header.Select(name => row[name]));
        }

        await File.WriteAllLinesAsync(decided, lines, TestContext.Current.CancellationToken);
        var connector = Path.Combine(workspace.Root, "connector");
        await File.WriteAllTextAsync(connector, $"#!/bin/sh\nexec {string.Join(' ', Connector.Command.Select(word => $"'{word}'"))} \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(connector, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var imported = await BatonAsync(workspace, "review", "import", decided, "-f", workspace.File, "--out", Path.Combine(workspace.Root, "decided"), "--connector", connector);
        Assert.True(imported.ExitCode == 0, imported.Error);
    }

    private static Task<Ended> ScriptAsync(Workspace workspace, params string[] arguments)
        => RunAsync(workspace, ["sh", Path.Combine(workspace.Root, "decided", "revoke.sh"), .. arguments]);

    private static async Task<Ended> VerifyAsync(Workspace workspace, string name)
    {
        var later = Path.Combine(workspace.Root, name);
        (await Connector.RunAsync(workspace, "--file", later)).Succeeded();
        return await BatonAsync(workspace, "review", "verify", "--decisions", Path.Combine(workspace.Root, "decided", "decisions.json"), "-f", later, "-o", "json");
    }

    private static Task<Ended> BatonAsync(Workspace workspace, params string[] arguments)
        => RunAsync(workspace, ["dotnet", Connector.Built("Baton.Cli", "baton.dll"), .. arguments]);

    private static async Task<Ended> RunAsync(Workspace workspace, string[] words)
    {
        await using var program = Connector.StartAny(workspace, words);
        return await program.EndAsync();
    }
}
