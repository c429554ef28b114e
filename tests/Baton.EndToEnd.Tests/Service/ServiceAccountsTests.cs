using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Connector.V2;
using Baton.Testing.ControlPlane;
using Baton.Testing.Grafana;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>Accounts for the platform, and several processes for one platform.</summary>
public sealed class ServiceAccountsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_CreateAccount_ThePasswordIsThePlatformsAlone()
    {
        await using var rig = await ServiceRig.StartAsync();
        using var recipient = new EllipticRecipient();
        using var somebodyElse = new EllipticRecipient();
        var create = rig.Add(new ServiceTask
        {
            CreateAccount = new()
            {
                AccountInfo = new() { Login = "ada", Emails = { new AccountInfo.Types.Email { Address = "ada@example.com", IsPrimary = true } } },
                CredentialOptions = new() { RandomPassword = new() { Length = 20 } },
                EncryptionConfigs = { recipient.Config },
            },
        });
        var connector = rig.Run();

        var end = await rig.EndOfAsync(create);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(end.Succeeded, end.ToString());
        var response = end.Request!.Success.Response.Unpack<CreateAccountResponse>();
        Assert.Equal("ada", response.Success.Resource.DisplayName);
        var encrypted = Assert.Single(response.EncryptedData);
        Assert.Equal("password", encrypted.Name);
        Assert.ThrowsAny<CryptographicException>(() => somebodyElse.Decrypt(encrypted));
        var password = recipient.Decrypt(encrypted);
        using var client = rig.Grafana.CreateClient("ada", password);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/user", Cancellation)).StatusCode);
        Assert.DoesNotContain(password, ended.Error, StringComparison.Ordinal);
        rig.SaidNoSecret(ended);
    }

    [Fact]
    public async Task Service_TwoReplicas_ShareTheWorkAndDoNothingTwice()
    {
        await using var rig = await ServiceRig.StartAsync(new FakeControlPlaneOptions { MaxHosts = 2 });
        var users = Enumerable.Range(1, 20).Select(number => rig.Grafana.AddUser($"user{number}")).ToList();
        users.ForEach(user => rig.Grafana.AddMember(1, user, GrafanaRole.Viewer));
        rig.Workspace.Variables["BATON_HOST_ID"] = "replica-1";
        var first = rig.Run("--task-concurrency", "1");
        rig.Workspace.Variables["BATON_HOST_ID"] = "replica-2";
        var second = rig.Run("--task-concurrency", "1");
        await rig.Platform.WaitUntilAsync(() => rig.Platform.Calls.All.Select(call => call.HostId).OfType<string>().Distinct().Count() == 2, Cancellation);

        // While one replica holds its first change, the other has to do something.
        var (waiting, both) = (0, new TaskCompletionSource());
        rig.Grafana.Faults.On("PATCH", "/users/").Between(1, 2).RunAsync(async (_, token) =>
        {
            if (Interlocked.Increment(ref waiting) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(token);
        });
        var grants = users.ConvertAll(user => rig.AddGrant(1, "Editor", user));
        foreach (var grant in grants)
        {
            Assert.True((await rig.EndOfAsync(grant)).Succeeded);
        }

        await Task.WhenAll(ServiceRig.StopAsync(first), ServiceRig.StopAsync(second));
        Assert.Equal(["replica-1", "replica-2"], grants.Select(grant => grant.End!.HostId).Distinct().Order(StringComparer.Ordinal));
        Assert.All(grants, grant => Assert.Equal((1, 0), (grant.Deliveries, grant.RefusedEnds)));
        Assert.Equal(users.Count, rig.Grafana.Requests.Writes.Count);
    }
}
