using System.Globalization;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>A Grafana whose answers have no end: the task fails, and the service goes on in the memory that it had.</summary>
public sealed class ServiceOversizedAnswersTests
{
    /// <summary>Far above what a service needs, and far below what one of these answers would take.</summary>
    private const long MostMemory = 600L * 1024 * 1024;

    [Theory]
    [InlineData("", "^/api/users/search", "{\"totalCount\":1,\"users\":[{\"id\":1,\"isAdmin\":true,\"login\":\"", "xxxxxxxxxxxxxxxx")]
    [InlineData("gzip", "^/api/users/search", "{\"totalCount\":1,\"users\":[{\"id\":1,\"isAdmin\":true,\"nobodyAskedForThis\":\"", "xxxxxxxxxxxxxxxx")]
    [InlineData("br", "^/api/orgs\\?", """[{"id":1,"name":"Main Org."}""", """,{"id":2,"name":"Another"}""")]
    [InlineData("gzip", "^/api/orgs/1/users", """[{"orgId":1,"userId":1,"role":"Admin","nobodyAskedForThis":[0""", ",[1,2]")]
    public async Task Service_AnswerWithoutEnd_FailsTheTaskAndDoesTheNext(string encoding, string path, string beginning, string again)
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 20);
        var endless = rig.Grafana.Faults.On("GET", path).Endless(encoding, beginning, again);
        var connector = rig.Run();

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var end = await rig.EndOfAsync(rig.AddSync());
            Assert.Equal(13, end.Request!.Status.Code);
            Assert.Matches("answered /api/[^ ]* with (a text|a row|an answer) of more than [0-9]+ MiB", end.Request.Status.Message);
        }

        endless.Remove();
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(await PeakMemoryAsync(connector.ProcessId), 1, MostMemory);
        }

        var ended = await ServiceRig.StopAsync(connector);
        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Empty(rig.Leftovers);
    }

    /// <summary>The most that a process ever had in memory at once, in bytes.</summary>
    private static async Task<long> PeakMemoryAsync(int processId)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{processId}/status", TestContext.Current.CancellationToken);
        var words = lines.First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
