using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Baton.Testing.Grafana.Requests;
using Grpc.Core;

namespace Baton.Grafana.Tests.Memberships;

/// <summary>Two processes change the same membership at once, their requests interleaved in every order.</summary>
public sealed class RoleRaceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Access.Administrator, GrafanaRole.Viewer, 4)]
    [InlineData(Access.Token, GrafanaRole.Viewer, 4)]
    [InlineData(Access.Administrator, null, 6)]
    [InlineData(Access.Token, null, 6)]
    public async Task Grant_DifferentRolesAtOnce_EndsInOneOfThemAndBothTellTheTruth(Access access, GrafanaRole? before, int requests)
    {
        await using var rig = await RaceAsync(access);
        foreach (var schedule in Turns.All(requests, requests))
        {
            Arrange(rig, before);
            var turns = new Turns(schedule);
            turns.Hold(rig.Grafana, Sender(access));

            var ends = await Task.WhenAll(
                turns.RunAsync('A', () => EndAsync(() => GrantAsync(rig, 'A', "Editor"))),
                turns.RunAsync('B', () => EndAsync(() => GrantAsync(rig, 'B', "Admin"))));

            var (last, other, winner) = rig.Role switch
            {
                GrafanaRole.Editor => (ends[0], ends[1], 'A'),
                GrafanaRole.Admin => (ends[1], ends[0], 'B'),
                var lost => throw new InvalidOperationException($"{schedule}: the membership is '{lost}'"),
            };

            // Whoever came last sees its own role; the other saw its own before that, or says whose it found.
            var order = turns.CarriedOut.ToList();
            var writtenAt = order.FindLastIndex(request => request.Method != "GET" && Sender(access)(request) == winner);
            var readAt = order.FindLastIndex(request => Sender(access)(request) != winner);
            Assert.True(last is ChangeOutcome, $"{schedule}: {last}");
            Assert.True(
                (other is ChangeOutcome && readAt < writtenAt) || (other is ConnectorException { Code: StatusCode.Aborted } overtaken && overtaken.Message.Contains($"is {rig.Role} of", StringComparison.Ordinal)),
                $"{schedule}: {other}");
            Assert.DoesNotContain(rig.Grafana.Requests.All, request => request.Method == "DELETE");
        }
    }

    [Theory]
    [InlineData(Access.Administrator, null, 6)]
    [InlineData(Access.Token, GrafanaRole.Viewer, 4)]
    public async Task Grant_TheSameRoleAtOnce_SucceedsTwice(Access access, GrafanaRole? before, int requests)
    {
        await using var rig = await RaceAsync(access);
        foreach (var schedule in Turns.All(requests, requests))
        {
            Arrange(rig, before);
            var turns = new Turns(schedule);
            turns.Hold(rig.Grafana, Sender(access));

            var ends = await Task.WhenAll(
                turns.RunAsync('A', () => EndAsync(() => GrantAsync(rig, 'A', "Editor"))),
                turns.RunAsync('B', () => EndAsync(() => GrantAsync(rig, 'B', "Editor"))));

            Assert.All(ends, end => Assert.True(end is ChangeOutcome, $"{schedule}: {end}"));
            Assert.Equal(GrafanaRole.Editor, rig.Role);
        }
    }

    [Theory]
    [InlineData(Access.Administrator, 5)]
    [InlineData(Access.Token, 5)]
    public async Task Demote_BothAdminsAtOnce_LeavesOne(Access access, int requests)
    {
        // D8: each looks for the other, and finds it.
        await using var rig = await RaceAsync(access);
        foreach (var schedule in Turns.All(requests, requests))
        {
            Arrange(rig, GrafanaRole.Admin);
            rig.Grafana.SetRole(rig.Platform, rig.Boss, GrafanaRole.Admin);
            var turns = new Turns(schedule);
            turns.Hold(rig.Grafana, Sender(access));

            var ends = await Task.WhenAll(
                turns.RunAsync('A', () => EndAsync(() => GrantAsync(rig, 'A', "Viewer"))),
                turns.RunAsync('B', () => EndAsync(() => GrantAsync(rig, 'B', "Viewer", boss: true))));

            Assert.Single(ends, end => end is ChangeOutcome);
            Assert.Single(ends, end => end is ConnectorException { Code: StatusCode.FailedPrecondition } refused && refused.Message.Contains("is the last Admin of", StringComparison.Ordinal));
            Assert.Single(new[] { rig.Role, rig.Grafana.RoleOf(rig.Platform, rig.Boss) }, role => role == GrafanaRole.Admin);
        }
    }

    [Theory]
    [InlineData(Access.Administrator)]
    [InlineData(Access.Token)]
    public async Task Revoke_WhileAnotherRoleIsGranted_BothTellTheTruth(Access access)
    {
        // Grafana cannot remove a member on the condition of its role, so that a revocation may take the new role along; nobody may be
        // told then that it is held.
        await using var rig = await RaceAsync(access);
        foreach (var schedule in Turns.All(4, 4))
        {
            Arrange(rig, GrafanaRole.Viewer);
            var turns = new Turns(schedule);
            turns.Hold(rig.Grafana, Sender(access));

            var ends = await Task.WhenAll(
                turns.RunAsync('A', () => EndAsync(() => GrantAsync(rig, 'A', "Editor"))),
                turns.RunAsync('B', () => EndAsync(() => Process(rig, 'B').RevokeAsync(
                    RoleRig.Grant(RoleRig.Entitlement(rig.Platform, "Viewer"), RoleRig.Principal(rig.Ada, "ada")), new Change(), Cancellation))));

            var order = turns.CarriedOut.ToList();
            var readAt = order.FindLastIndex(request => Sender(access)(request) == 'A');
            var removedAt = order.FindIndex(request => request.Method == "DELETE");
            if (ends[0] is ChangeOutcome)
            {
                Assert.True(rig.Role == GrafanaRole.Editor || readAt < removedAt, $"{schedule}: granted, says the one, and the membership is '{rig.Role}'");
            }
            else
            {
                Assert.True(rig.Role is null && ends[0] is ConnectorException { Code: StatusCode.Aborted }, $"{schedule}: {ends[0]}");
            }

            Assert.True(ends[1] is ChangeOutcome, $"{schedule}: {ends[1]}");
        }
    }

    // Two credentials, by which the requests can be told apart.
    private static async Task<RoleRig> RaceAsync(Access access)
    {
        var rig = await RoleRig.StartAsync(access, "9.4");
        rig.Grafana.AddUser(new UserSeed("root") { Password = TestConnector.Password, IsServerAdmin = true });
        return rig;
    }

    private static Func<GrafanaRequest, char> Sender(Access access) => access == Access.Administrator
        ? request => request.Login == "root" ? 'B' : 'A'
        : request => request.Credential == CredentialKind.ApiKey ? 'B' : 'A';

    private static OrganizationSyncer Process(RoleRig rig, char process) => (rig.Token, process) switch
    {
        (_, 'A') => rig.Connect().Organizations,
        (null, _) => rig.Connect(options => options with { Username = "root" }).Organizations,
        _ => rig.Connect(token: rig.Grafana.AddApiKey(rig.Platform, GrafanaRole.Admin, Guid.NewGuid().ToString())).Organizations,
    };

    private static Task<ChangeOutcome> GrantAsync(RoleRig rig, char process, string role, bool boss = false)
        => Process(rig, process).GrantAsync(
            RoleRig.Entitlement(rig.Platform, role), boss ? RoleRig.Principal(rig.Boss, "boss") : RoleRig.Principal(rig.Ada, "ada"), new Change(), Cancellation);

    private static async Task<object> EndAsync(Func<Task<ChangeOutcome>> run)
    {
        try
        {
            return await run();
        }
        catch (ConnectorException refusal)
        {
            return refusal;
        }
    }

    private static void Arrange(RoleRig rig, GrafanaRole? role)
    {
        if (rig.Role is not null)
        {
            rig.Grafana.RemoveMember(rig.Platform, rig.Ada);
        }

        if (role is { } held)
        {
            rig.Grafana.AddMember(rig.Platform, rig.Ada, held);
        }

        rig.Grafana.Faults.Clear();
        rig.Grafana.Requests.Clear();
    }
}
