using System.Collections.Concurrent;
using System.Globalization;
using Baton.Protocol.Connector.V2;
using Baton.Testing.ControlPlane;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.Grafana;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>
/// A while of everything at once: tasks of all kinds, faults on both sides, and the plug pulled again and again. A minute, or as many seconds
/// as <c>BATON_SOAK_SECONDS</c> says; <c>BATON_SOAK_SEED</c> repeats the choices.
/// </summary>
public sealed class ServiceSoakTests
{
    private const long MostMemory = 400L * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_FaultsAndKills_EveryTaskEndsOnceAndTellsTheTruth()
    {
        var seconds = Setting("BATON_SOAK_SECONDS", 60);
        var seed = Setting("BATON_SOAK_SEED", Environment.TickCount);
        var random = new Random(seed);
        await using var rig = await ServiceRig.StartAsync(new FakeControlPlaneOptions { TaskLease = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromMinutes(3) });
        rig.Grafana.Populate(users: 200);
        var isQuiet = false;
        Spoil(rig, random, () => Volatile.Read(ref isQuiet));

        var grants = new ConcurrentBag<(PlatformTask Task, long User)>();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        var hellos = 0;
        var connector = rig.Run();
        for (var round = 1; TimeProvider.System.GetUtcNow() < until; round++)
        {
            var user = rig.Grafana.AddUser($"soak{round}");
            rig.Grafana.AddMember(1, user, GrafanaRole.Viewer);
            grants.Add((rig.AddGrant(1, "Editor", user), user));
            rig.AddSync(sync => sync.SkipGrants = round % 2 == 0);
            rig.Add(new ServiceTask { CreateAccount = new() { AccountInfo = new() { Login = $"made{round}", Emails = { new AccountInfo.Types.Email { Address = $"made{round}@example.com" } } }, CredentialOptions = new() { RandomPassword = new() { Length = 20 } } } });

            // What happens next decides how long this round is: some calls, and then perhaps the plug.
            var calls = rig.Platform.Calls.All.Count + random.Next(5, 25);
            await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.All.Count >= calls, Cancellation);
            Assert.True(Memory(connector) < MostMemory, $"{Memory(connector)} bytes, seed {seed}");
            if (random.Next(3) == 0)
            {
                await ServiceRig.StopAsync(connector, random.Next(2) == 0 ? "KILL" : "TERM");
                hellos = Hellos();
                connector = rig.Run();
            }
        }

        Volatile.Write(ref isQuiet, true);
        // A process that has only just been started does not know yet what to do with a signal.
        await rig.Platform.WaitUntilAsync(() => Hellos() > hellos && rig.Platform.Tasks.All.All(task => task.HasEnded), Cancellation);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(ended.ExitCode == 0, $"seed {seed}: {ended.Error}");
        rig.Platform.ThrowOnViolations();
        Assert.DoesNotContain("unexpected failure", ended.Error, StringComparison.Ordinal);
        Assert.All(grants, grant => Assert.True(
            !grant.Task.End!.Succeeded || rig.Grafana.RoleOf(1, grant.User) == GrafanaRole.Editor, $"seed {seed}: {grant.Task} says so, and Grafana has {rig.Grafana.RoleOf(1, grant.User)}"));
        Assert.All(grants, grant => Assert.NotNull(rig.Grafana.RoleOf(1, grant.User)));
        Assert.Empty(rig.Leftovers);

        int Hellos() => rig.Platform.Calls.All.Count(call => call.Kind == CallKind.Hello);
    }

    private static void Spoil(ServiceRig rig, Random random, Func<bool> isQuiet)
    {
        rig.Platform.Faults.On(_ => Happens(40)).Fail(StatusCode.Unavailable);
        rig.Platform.Faults.On(_ => Happens(60)).Reset();
        rig.Platform.Faults.On(call => call.Kind == CallKind.UploadAsset && Happens(6)).AfterBytes(1).CutOff();
        rig.Grafana.Faults.On(_ => Happens(80)).Respond(500);
        rig.Grafana.Faults.On(_ => Happens(100)).Reset();
        rig.Grafana.Faults.On(_ => Happens(100)).AfterEffect().Reset();
        rig.Grafana.Faults.On(_ => Happens(100)).RateLimit(1);

        bool Happens(int oneIn)
        {
            lock (random)
            {
                return !isQuiet() && random.Next(oneIn) == 0;
            }
        }
    }

    private static long Memory(Connector connector)
    {
        var status = $"/proc/{connector.ProcessId}/statm";
        return File.Exists(status)
            ? long.Parse(File.ReadAllText(status).Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
            : 0;
    }

    private static int Setting(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
