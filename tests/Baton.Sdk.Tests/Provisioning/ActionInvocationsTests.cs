using Baton.Protocol.Config.V1;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using Baton.Sdk.Tests.Logging;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Action = Baton.Sdk.Tests.Provisioning.ChangingConnector.ScriptedAction;
using Field = Baton.Protocol.Config.V1.Field;

namespace Baton.Sdk.Tests.Provisioning;

public sealed class ActionInvocationsTests : IDisposable
{
    private const string Invoking = "error: invoking action failed: ";

    private static readonly BatonActionSchema Schema = new()
    {
        Name = "disable",
        Arguments =
        {
            new Field { Name = "login", IsRequired = true, StringField = new StringField() },
            new Field { Name = "days", IntField = new IntField() },
            new Field { Name = "notify", BoolField = new BoolField() },
            new Field { Name = "tags", StringSliceField = new StringSliceField() },
        },
    };

    private readonly LogCapture _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Invoke_Succeeds_IsCompleteAndRemembered()
    {
        var actions = Actions((arguments, _) => Task.FromResult(new ActionOutcome(
            "disabled", new Struct { Fields = { ["login"] = arguments.Fields["login"] } })
        {
            Annotations = [Annotations.Of(new GrantAlreadyRevoked())],
        }));

        var carried = await actions.InvokeAsync(Request("""{"login":"ada","days":3,"notify":true,"tags":["a"]}"""), new Change(), Cancellation);

        Assert.Equal(("disabled", BatonActionStatus.Complete, "disable"), (carried.Summary, carried.Response.Status, carried.Response.Name));
        Assert.Equal("ada", carried.Response.Response.Fields["login"].StringValue);
        var status = actions.Status(carried.Response.Id);
        Assert.Equal((carried.Response.Id, "disable", BatonActionStatus.Complete, carried.Response.Response), (status.Id, status.Name, status.Status, status.Response));
        Assert.Equal(carried.Response.Annotations, status.Annotations);
    }

    [Fact]
    public async Task Invoke_ConnectorRefuses_IsAFailedOutcomeThatIsRemembered()
    {
        var actions = Actions((_, _) => throw new ConnectorException(StatusCode.FailedPrecondition, "the last server administrator"));

        var carried = await actions.InvokeAsync(Request("""{"login":"ada"}"""), new Change(), Cancellation);

        Assert.Equal((BatonActionStatus.Failed, "the last server administrator"), (carried.Response.Status, carried.Summary));
        Assert.Equal("""{ "success": false, "error": "the last server administrator" }""", JsonFormatter.Default.Format(carried.Response.Response));
        Assert.Equal(BatonActionStatus.Failed, actions.Status(carried.Response.Id).Status);
    }

    [Fact]
    public async Task Invoke_Bug_IsAFailedOutcomeWithoutItsText()
    {
        var actions = Actions((_, _) => throw new InvalidOperationException("secret"));

        var carried = await actions.InvokeAsync(Request("""{"login":"ada"}"""), new Change(), Cancellation);

        Assert.Equal(BatonActionStatus.Failed, carried.Response.Status);
        Assert.DoesNotContain("secret", JsonFormatter.Default.Format(carried.Response.Response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_FailureThatPasses_IsThrownAndNotRemembered()
    {
        // The platform tries again; a remembered failure would end it.
        var actions = Actions((_, _) => throw new ConnectorException(StatusCode.Unavailable, "later"));

        Assert.True((await Assert.ThrowsAsync<ConnectorException>(() => actions.InvokeAsync(Request("""{"login":"ada"}"""), new Change(), Cancellation))).IsTransient);
    }

    [Theory]
    [InlineData("{}", "disable needs the argument login")]
    [InlineData("""{"login":null}""", "disable needs the argument login")]
    [InlineData("""{"login":3}""", "the argument login of disable must be a string")]
    [InlineData("""{"login":"ada","days":"3"}""", "the argument days of disable must be a whole number")]
    [InlineData("""{"login":"ada","days":3.5}""", "the argument days of disable must be a whole number")]
    [InlineData("""{"login":"ada","notify":"true"}""", "the argument notify of disable must be true or false")]
    [InlineData("""{"login":"ada","tags":"a"}""", "the argument tags of disable must be a list of strings")]
    [InlineData("""{"login":"ada","tags":["a",1]}""", "the argument tags of disable must be a list of strings")]
    [InlineData("""{"login":"ada","Days":3}""", "disable has no argument Days; it has login, days, notify, tags")]
    public async Task Invoke_ArgumentsNotOfTheSchema_AreRefusedBeforeTheConnectorIsAsked(string arguments, string says)
    {
        var actions = Actions((_, _) => throw new InvalidOperationException("asked"));

        var refusal = await Assert.ThrowsAsync<ConnectorException>(() => actions.InvokeAsync(Request(arguments), new Change(), Cancellation));

        Assert.Equal((StatusCode.InvalidArgument, Invoking + says), (refusal.Code, refusal.Message));
    }

    [Theory]
    [InlineData("""{"login":"ada","days":null,"notify":null,"tags":null}""")]
    [InlineData("""{"login":"","tags":[]}""")]
    [InlineData("""{"login":"ada","days":-3}""")]
    public async Task Invoke_OptionalArgumentsLeftOut_AreGood(string arguments)
    {
        var actions = Actions((_, _) => Task.FromResult(new ActionOutcome("done", new Struct())));

        Assert.Equal("done", (await actions.InvokeAsync(Request(arguments), new Change(), Cancellation)).Summary);
    }

    [Fact]
    public async Task Invoke_UnknownActionOrType_IsNotFound()
    {
        var actions = Actions((_, _) => throw new InvalidOperationException("asked"));

        var unknown = await Assert.ThrowsAsync<ConnectorException>(() => actions.InvokeAsync(new() { Name = "nope" }, new Change(), Cancellation));
        var elsewhere = await Assert.ThrowsAsync<ConnectorException>(() => actions.InvokeAsync(new() { Name = "disable", ResourceTypeId = "team" }, new Change(), Cancellation));

        Assert.Equal((StatusCode.NotFound, Invoking + "rpc error: code = NotFound desc = handler for action nope not found"), (unknown.Code, unknown.Message));
        Assert.Equal((StatusCode.NotFound, Invoking + "resource type team has no action disable"), (elsewhere.Code, elsewhere.Message));
    }

    [Fact]
    public async Task Invoke_DryRun_IsWithheldAndNotRemembered()
    {
        var actions = Actions((_, change) =>
        {
            change.Send(new("POST", "/x"));
            throw new InvalidOperationException("sent");
        });

        await Assert.ThrowsAsync<ChangeWithheldException>(() => actions.InvokeAsync(Request("""{"login":"ada"}"""), new Change(ChangeMode.DryRun), Cancellation));
    }

    [Fact]
    public void ListAndDescribe_GiveTheSchemas()
    {
        var connector = new ChangingConnector { Actions = [Of(Schema), Of(new() { Name = "logout", ResourceTypeId = "user" })] };
        var actions = new ActionInvocations(connector, _log.Logger);

        Assert.Equal("disable", Assert.Single(actions.List("").Schemas).Name);
        Assert.Equal("logout", Assert.Single(actions.List("user").Schemas).Name);
        Assert.Empty(actions.List("team").Schemas);
        Assert.Equal(Schema, actions.Describe("disable").Schema);
        var refusal = Assert.Throws<ConnectorException>(() => actions.Describe("x"));
        Assert.Equal((StatusCode.NotFound, "error: action schema x not found: rpc error: code = NotFound desc = action x not found"), (refusal.Code, refusal.Message));

        static Action Of(BatonActionSchema schema) => new(schema, (_, _) => throw new InvalidOperationException());
    }

    [Fact]
    public async Task Status_OfTheLastHundred_IsRemembered()
    {
        var actions = Actions((_, _) => Task.FromResult(new ActionOutcome("done", new Struct())));
        var ids = new List<string>();
        for (var i = 0; i <= ActionInvocations.Remembered; i++)
        {
            ids.Add((await actions.InvokeAsync(Request("""{"login":"ada"}"""), new Change(), Cancellation)).Response.Id);
        }

        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids.Skip(1), id => Assert.Equal(BatonActionStatus.Complete, actions.Status(id).Status));
        var refusal = Assert.Throws<ConnectorException>(() => actions.Status(ids[0]));
        Assert.Equal(StatusCode.NotFound, refusal.Code);
        Assert.StartsWith($"error: action status for id {ids[0]} not found", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_ChangedByWhoeverGotIt_StaysAsItWas()
    {
        var actions = Actions((_, _) => Task.FromResult(new ActionOutcome("done", new Struct { Fields = { ["a"] = Value.ForString("b") } })));
        var response = (await actions.InvokeAsync(Request("""{"login":"ada"}"""), new Change(), Cancellation)).Response;

        response.Response.Fields.Clear();
        actions.Status(response.Id).Response.Fields.Clear();

        Assert.Equal("b", actions.Status(response.Id).Response.Fields["a"].StringValue);
    }

    private static InvokeActionRequest Request(string arguments) => new() { Name = "disable", Args = Struct.Parser.ParseJson(arguments) };

    private ActionInvocations Actions(Func<Struct, Change, Task<ActionOutcome>> invoke)
        => new(new ChangingConnector { Actions = [new Action(Schema, invoke)] }, _log.Logger);
}
