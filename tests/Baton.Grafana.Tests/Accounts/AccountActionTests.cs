using Baton.Grafana.Accounts;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Testing.Grafana;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Grafana.Tests.Accounts;

/// <summary>The custom actions (D37), invoked as the platform does.</summary>
public sealed class AccountActionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Actions_OfAServer_DescribeThemselves()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();

        var schemas = rig.Actions().List("").Schemas;

        Assert.Equal(["disable_user", "enable_user", "logout_user", "set_organization_role"], schemas.Select(schema => schema.Name));
        schemas.RemoveAt(3);
        Assert.Equal(
            [[ActionType.Account, ActionType.AccountDisable], [ActionType.Account, ActionType.AccountEnable], [ActionType.Account]],
            schemas.Select(schema => schema.ActionType.ToArray()));
        Assert.All(schemas, schema =>
        {
            var argument = Assert.Single(schema.Arguments);
            Assert.Equal(("user_id", true), (argument.Name, argument.IsRequired));
            Assert.NotNull(argument.StringField);
            Assert.Equal("success", Assert.Single(schema.ReturnTypes).Name);
            Assert.NotEmpty(schema.Description);
        });
    }

    [Theory]
    [InlineData("6.5")]
    [InlineData("9.4")]
    [InlineData("13.0")]
    public async Task Invoke_DisableAndEnable_AreCarriedOutOnceEach(string version)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(version);
        var ada = rig.Grafana.AddUser("ada");

        var disabled = await rig.InvokeAsync("disable_user", ada);

        Assert.Equal(BatonActionStatus.Complete, disabled.Status);
        Assert.True(disabled.Response.Fields["success"].BoolValue);
        Assert.True(rig.Grafana.IsDisabled(ada));
        Assert.False(await rig.CanSignInAsync("ada", "s3cret-pass"));
        Assert.Equal(BatonActionStatus.Complete, (await rig.InvokeAsync("disable_user", ada)).Status);
        Assert.Equal([$"POST /api/admin/users/{ada}/disable"], rig.Writes);

        Assert.Equal(BatonActionStatus.Complete, (await rig.InvokeAsync("enable_user", ada)).Status);
        Assert.Equal(BatonActionStatus.Complete, (await rig.InvokeAsync("enable_user", ada)).Status);
        Assert.False(rig.Grafana.IsDisabled(ada));
        Assert.Equal([$"POST /api/admin/users/{ada}/disable", $"POST /api/admin/users/{ada}/enable"], rig.Writes);
        Assert.Equal(2, rig.Logs.Lines.Count(line => line.StartsWith("Information: account state verified", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Invoke_Logout_EndsTheSessions()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");

        var ended = await rig.InvokeAsync("logout_user", ada);

        Assert.Equal(BatonActionStatus.Complete, ended.Status);
        Assert.Equal([$"POST /api/admin/users/{ada}/logout"], rig.Writes);
        Assert.False(rig.Grafana.IsDisabled(ada));
    }

    [Theory]
    [InlineData("disable_user", 1, "refusing to disable admin: it is the account that the connector signs in with")]
    [InlineData("disable_user", 2, "refusing to disable boss: it is the last Admin of organization 2 (platform team)")]
    [InlineData("logout_user", 1, "You cannot logout yourself: the connector signs in with that account")]
    [InlineData("disable_user", 77, "Grafana has no account 77")]
    [InlineData("enable_user", 77, "Grafana has no account 77")]
    [InlineData("logout_user", 77, "Grafana has no account 77")]
    [InlineData("disable_user", 3, "ada signs in through an identity provider, and Grafana does not let such accounts be disabled; do it there")]
    [InlineData("enable_user", 4, "gone signs in through an identity provider, and Grafana does not let such accounts be enabled; do it there")]
    public async Task Invoke_WhatMustNotOrCannotBe_Fails(string action, long id, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        rig.Grafana.AddUser(new UserSeed("ada") { AuthModule = "oauth_github" });
        rig.Grafana.AddUser(new UserSeed("gone") { AuthModule = "ldap", IsDisabled = true });
        var actions = rig.Actions();

        var failed = (await actions.InvokeAsync(Request(action, Value.ForString($"{id}")), new Change(), Cancellation)).Response;

        Assert.Equal(BatonActionStatus.Failed, failed.Status);
        Assert.False(failed.Response.Fields["success"].BoolValue);
        Assert.StartsWith($"grafana-connector: {message}", failed.Response.Fields["error"].StringValue, StringComparison.Ordinal);
        Assert.False(rig.Grafana.IsDisabled(1) || rig.Grafana.IsDisabled(2) || rig.Grafana.IsDisabled(3) || !rig.Grafana.IsDisabled(4));
        Assert.Equal((failed.Id, BatonActionStatus.Failed), (actions.Status(failed.Id).Id, actions.Status(failed.Id).Status));
    }

    [Fact]
    public async Task Invoke_DisableTheLastServerAdmin_Fails()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser(new UserSeed("ada") { IsServerAdmin = true });
        rig.Grafana.Faults.On("GET", "^/api/users/search").Respond(
            200, $$"""{"totalCount":2,"users":[{"id":1,"login":"admin","isAdmin":false},{"id":{{ada}},"login":"ada","isAdmin":true}]}""");

        var failed = await rig.InvokeAsync("disable_user", ada);

        Assert.Contains("refusing to disable ada: it is the last server administrator that is enabled", failed.Response.Fields["error"].StringValue, StringComparison.Ordinal);
        Assert.Empty(rig.Writes);
    }

    [Fact]
    public async Task Invoke_DisableALastAdminWhereItIsAllowed_IsDone()
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { AllowLastAdminRemoval = true });

        Assert.Equal(BatonActionStatus.Complete, (await rig.InvokeAsync("disable_user", rig.Boss)).Status);
        Assert.True(rig.Grafana.IsDisabled(rig.Boss));
    }

    [Theory]
    [InlineData("disable_user", "reset")]
    [InlineData("disable_user", "500")]
    [InlineData("enable_user", "504")]
    public async Task Invoke_BadAnswerThoughDone_IsComplete(string action, string answer)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser(new UserSeed("ada") { IsDisabled = action == "enable_user" });
        var fault = rig.Grafana.Faults.On("POST", "able$").AfterEffect();
        _ = int.TryParse(answer, out var status) ? fault.Respond(status) : fault.Reset();

        Assert.Equal(BatonActionStatus.Complete, (await rig.InvokeAsync(action, ada)).Status);
        Assert.Single(rig.Writes);
    }

    [Theory]
    [InlineData("reset", StatusCode.Unavailable, "account 3 (ada) is not disabled")]
    [InlineData("500", StatusCode.Unavailable, "account 3 (ada) is not disabled")]
    [InlineData("403", StatusCode.PermissionDenied, "Grafana forbids /api/admin/users/3/disable: Injected 403")]
    [InlineData("200", StatusCode.Aborted, "Grafana said \"User disabled\", but account 3 (ada) is not disabled")]
    public async Task Invoke_BadAnswerAndNotDone_SaysSo(string answer, StatusCode code, string message)
    {
        await using var rig = await AccountRig.AsAdministratorAsync(policy: new() { Deprovisioning = Deprovisioning.Disable });
        var ada = rig.Grafana.AddUser("ada");
        var fault = rig.Grafana.Faults.On("POST", "/disable$");
        _ = int.TryParse(answer, out var status) ? fault.Respond(status, status == 200 ? """{"message":"User disabled"}""" : null) : fault.Reset();

        // Through deletion, which carries the code; an action that may work later fails with it, too.
        var failed = await rig.DeleteFailsAsync(ada);

        Assert.Equal(code, failed.Code);
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        var invoked = await Record.ExceptionAsync(() => rig.InvokeAsync("disable_user", ada));
        Assert.Equal(failed.IsTransient, invoked is ConnectorException { IsTransient: true });
        Assert.False(rig.Grafana.IsDisabled(ada));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("500")]
    public async Task Invoke_LogoutWithoutAnAnswer_CanBeRepeated(string answer)
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var ada = rig.Grafana.AddUser("ada");
        var fault = rig.Grafana.Faults.On("POST", "/logout$").Once();
        _ = int.TryParse(answer, out var status) ? fault.Respond(status) : fault.Reset();

        var failed = await Assert.ThrowsAsync<ConnectorException>(() => rig.InvokeAsync("logout_user", ada));

        Assert.Equal((StatusCode.Unavailable, true), (failed.Code, failed.IsTransient));
        Assert.Equal(BatonActionStatus.Complete, (await rig.InvokeAsync("logout_user", ada)).Status);
    }

    [Fact]
    public async Task Invoke_WrongArguments_AreRefusedBeforeAnything()
    {
        await using var rig = await AccountRig.AsAdministratorAsync();
        var actions = rig.Actions();

        await RefusedAsync(new() { Name = "disable_user" }, StatusCode.InvalidArgument, "disable_user needs the argument user_id");
        await RefusedAsync(Request("disable_user", Value.ForNumber(3)), StatusCode.InvalidArgument, "the argument user_id of disable_user must be a string");
        var more = Request("disable_user", Value.ForString("3"));
        more.Args.Fields["force"] = Value.ForBool(true);
        await RefusedAsync(more, StatusCode.InvalidArgument, "disable_user has no argument force; it has user_id");
        await RefusedAsync(Request("delete_user", Value.ForString("3")), StatusCode.NotFound, "handler for action delete_user not found");
        Assert.Equal(0, rig.Grafana.Requests.Count);

        var noId = (await actions.InvokeAsync(Request("disable_user", Value.ForString("ada")), new Change(), Cancellation)).Response;
        Assert.Equal("grafana-connector: invalid user ID ada: it must be a number", noId.Response.Fields["error"].StringValue);
        Assert.Equal(0, rig.Grafana.Requests.Count);

        async Task RefusedAsync(InvokeActionRequest request, StatusCode code, string message)
        {
            var refused = await Assert.ThrowsAsync<ConnectorException>(() => actions.InvokeAsync(request, new Change(), Cancellation));
            Assert.Equal(code, refused.Code);
            Assert.EndsWith(message, refused.Message, StringComparison.Ordinal);
        }
    }

    private static InvokeActionRequest Request(string action, Value id) => new() { Name = action, Args = new Struct { Fields = { ["user_id"] = id } } };
}
