using System.Text;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>D33: passwords that Grafana's own policy takes.</summary>
public sealed class AccountPasswordTests
{
    private static readonly FakeGrafanaOptions Policy = new() { PasswordPolicy = true };

    [Theory]
    [InlineData(8, 20)]
    [InlineData(12, 20)]
    [InlineData(20, 20)]
    [InlineData(64, 64)]
    public async Task Create_LengthAskedFor_IsTheLeast(int asked, int length)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(options: Policy);

        var created = await rig.CreatedAsync(credential: new CredentialRequest.RandomPassword(asked));

        var password = AccountRig.Password(created);
        Assert.Equal(length, password.Length);
        Assert.True(password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit) && !password.All(char.IsLetterOrDigit));
        Assert.True(await rig.CanSignInAsync("ada", password));
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_RulesGiven_AreKeptAsTheyAre()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var password = AccountRig.Password(await rig.CreatedAsync(credential: Digits(length: 8, count: 8)));

        Assert.Matches("^[0-9]{8}$", password);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData(8, 8, 24)]
    [InlineData(16, 16, 24)]
    [InlineData(64, 64, 68)]
    public async Task Create_PolicyRefusesTheRulesPassword_MakesAnotherOnceThatKeepsThemToo(int length, int digits, int made)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(options: Policy);

        var password = AccountRig.Password(await rig.CreatedAsync(credential: Digits(length, digits)));

        Assert.Equal(made, password.Length);
        Assert.True(password.Count(char.IsDigit) >= digits);
        Assert.Equal(["POST /api/admin/users", "POST /api/admin/users"], rig.Writes);
        Assert.True(await rig.CanSignInAsync("ada", password));
    }

    [Theory]
    [InlineData("""{"message":"New password is too short","messageId":"password.password-policy-too-short"}""")]
    [InlineData("""{"message":"Something about credentials","messageId":"password.password-policy-infringe"}""")]
    [InlineData("""{"message":"Password is missing or too short"}""")]
    public async Task Create_PolicyRefusesEveryPassword_StopsAtTwo(string body)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", "^/api/admin/users$").Respond(400, body);

        var refused = await rig.CreateFailsAsync();

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.StartsWith("grafana-connector: failed to create user: Grafana answers /api/admin/users with 400: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, rig.Writes.Count);
    }

    [Fact]
    public async Task Create_RefusedForAnotherReason_IsNotTriedAgain()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.Faults.On("POST", "^/api/admin/users$").Respond(400, """{"message":"bad request data"}""");

        await rig.CreateFailsAsync();

        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_PasswordGiven_IsSet()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(options: Policy);
        using var given = new CredentialRequest.GivenPassword(new Plaintext("password", Encoding.UTF8.GetBytes("Gewählt \"von\" \\ mir ✓ 1")));

        var created = await rig.CreatedAsync(credential: given);

        Assert.True(await rig.CanSignInAsync("ada", "Gewählt \"von\" \\ mir ✓ 1"));
        Assert.Equal("Gewählt \"von\" \\ mir ✓ 1", AccountRig.Password(created));
    }

    [Fact]
    public async Task Create_PasswordGivenBreaksThePolicy_IsRefusedAndNotReplaced()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(options: Policy);
        using var given = new CredentialRequest.GivenPassword(new Plaintext("password", "tooshort"u8));

        var refused = await rig.CreateFailsAsync(credential: given);

        Assert.Equal(StatusCode.InvalidArgument, refused.Code);
        Assert.Contains("New password is too short", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", refused.ToString(), StringComparison.Ordinal);
        Assert.Null(rig.Grafana.FindUser("ada"));
        Assert.Single(rig.Writes);
    }

    [Fact]
    public async Task Create_WithoutPassword_IsRefused()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        foreach (CredentialRequest credential in new CredentialRequest[] { new CredentialRequest.NoPassword(), new CredentialRequest.SingleSignOn("okta"), new CredentialRequest.None() })
        {
            var refused = await rig.CreateFailsAsync(credential: credential);

            Assert.Equal(
                (StatusCode.InvalidArgument, "grafana-connector: unknown credential options: a Grafana account needs a password, a random or an encrypted one"),
                (refused.Code, refused.Message));
        }

        Assert.Empty(rig.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_ChangeAtNextLogin_IsSaidToBeImpossible(bool isAsked)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var created = await rig.CreatedAsync(credential: new CredentialRequest.RandomPassword(20) { ForceChangeAtNextLogin = isAsked });

        Assert.Equal(isAsked, created.Summary.Contains("; Grafana cannot demand another password at the next sign-in; ", StringComparison.Ordinal));
    }

    private static CredentialRequest.RandomPassword Digits(int length, uint count)
        => new(length) { Constraints = [new PasswordConstraint { CharSet = "0123456789", MinCount = count }] };

    private static CredentialRequest.RandomPassword Digits(int length, int count) => Digits(length, (uint)count);
}
