using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using CsCheck;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>
/// Any sequence of what a server administrator's connector and a token's do to accounts leaves the instance as a plain model of a
/// directory: people are told apart by login and address, ignoring case.
/// </summary>
public sealed class AccountModelTests
{
    private static readonly string[] Logins = ["ada", "ADA", "bob", "carol@example.com", ""];
    private static readonly string[] Emails = ["ada@example.com", "Ada@Example.com", "bob@example.com", "Carol@example.com", "dan@example.com"];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (3, Gen.Select(Gen.OneOf(Array.ConvertAll(Logins, Gen.Const)), Gen.OneOf(Array.ConvertAll(Emails, Gen.Const))).Select(pair => new Step("create", pair.Item1, pair.Item2, 0))),
        (3, Gen.OneOf(Array.ConvertAll(Emails, Gen.Const)).Select(email => new Step("invite", "", email, 0))),
        (1, Gen.Long[1, 8].Select(id => new Step("delete", "", "", id))),
        (1, Gen.Long[1, 8].Select(id => new Step("remove", "", "", id))),
        (1, Gen.Long[1, 8].Select(id => new Step("disable_user", "", "", id))),
        (1, Gen.Long[1, 8].Select(id => new Step("enable_user", "", "", id))));

    [Theory]
    [InlineData("6.5")]
    [InlineData("11.3")]
    public Task Sequence_OfAnySteps_LeavesWhatTheModelSays(string version)
        => Steps.Array[1, 14].SampleAsync(steps => PlayAsync(version, steps), iter: 25, threads: 1);

    private static async Task PlayAsync(string version, Step[] steps)
    {
        var options = new FakeGrafanaOptions { SmtpEnabled = true };
        await using var rig = await AccountRig.AsAdministratorAsync(version, options);
        await using var token = rig.AlsoWithToken(version);
        var carol = rig.Grafana.AddUser(new UserSeed("carol@example.com") { Email = "other@example.com" });
        rig.Grafana.AddMember(2, carol, GrafanaRole.Editor);
        var model = new DirectoryModel(version == "6.5" ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        model.Add(new(1, "admin", "admin@localhost", null) { Roles = { [1] = GrafanaRole.Admin } });
        model.Add(new(rig.Boss, "boss", "boss@example.com", null) { Roles = { [2] = GrafanaRole.Admin } });
        model.Add(new(carol, "carol@example.com", "other@example.com", null) { Roles = { [2] = GrafanaRole.Editor } });

        foreach (var step in steps)
        {
            var expected = model.Expect(step);
            var (actual, created) = await PlayAsync(rig, token, step);
            Assert.True(expected == actual, $"{step}: expected {expected}, got {actual}");
            model.Apply(step, expected, created);
            model.Compare(rig.Grafana);
        }

        foreach (var account in model.Accounts.Where(account => account is { Password: not null, IsDisabled: false }))
        {
            Assert.True(await rig.CanSignInAsync(account.Login, account.Password!), $"the password of {account.Login} was reset");
        }
    }

    private static async Task<(string Outcome, AccountOutcome.Created? Created)> PlayAsync(AccountRig rig, AccountRig token, Step step)
    {
        try
        {
            if (step.Kind is "create" or "invite")
            {
                var outcome = await (step.Kind == "create" ? rig : token).CreateAsync(AccountRig.Info(step.Email, step.Login));
                return (outcome.GetType().Name, outcome as AccountOutcome.Created);
            }

            if (step.Kind is "delete" or "remove")
            {
                var outcome = await (step.Kind == "delete" ? rig : token).DeleteAsync(step.Id);
                return (Annotations.Has(outcome.Annotations, ResourceDoesNotExist.Descriptor) ? "Absent" : "Done", null);
            }

            return ((await rig.InvokeAsync(step.Kind, step.Id)).Status == BatonActionStatus.Complete ? "Done" : "Refused", null);
        }
        catch (ConnectorException refused) when (refused.Code is StatusCode.FailedPrecondition)
        {
            return ("Refused", null);
        }
        catch (ConnectorException conflict) when (conflict.Code is StatusCode.AlreadyExists)
        {
            return ("Conflict", null);
        }
    }
}
