using Baton.Grafana.Api;
using Baton.Grafana.Memberships;
using Baton.Grafana.Servers;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using ConfigurationField = Baton.Protocol.Config.V1.Field;

namespace Baton.Grafana.Accounts;

/// <summary>What can be done to an account beside deleting it, as actions of the connector, each with the account's id as <c>user_id</c>.</summary>
internal sealed class AccountAction(BatonActionSchema schema, Func<long, Change, CancellationToken, Task<ChangeOutcome>> run) : ICustomAction
{
    public BatonActionSchema Schema => schema;

    public async Task<ActionOutcome> InvokeAsync(Struct arguments, Change change, CancellationToken cancellationToken)
    {
        var id = AccountReference.ParseId(Ids.Resource(UserSyncer.TypeId, arguments.Fields["user_id"].StringValue));
        var outcome = await run(id, change, cancellationToken);
        return new(outcome.Summary, new Struct { Fields = { ["success"] = Value.ForBool(true) } }) { Annotations = outcome.Annotations, IsAlready = outcome.IsAlready };
    }

    public static IEnumerable<AccountAction> All(GrafanaClient grafana, AccountChange run, AccountPolicy policy, ILogger logger)
    {
        yield return new(
            Describe("disable_user", "Disable user", "Signs the account out and lets nobody sign in with it; its memberships stay.", ActionType.AccountDisable),
            (id, change, cancellationToken) => run(
                async (server, retry) => await Switch(server, retry).DisableAsync(await FindAsync(grafana, retry, id, cancellationToken), change, cancellationToken),
                cancellationToken));
        yield return new(
            Describe("enable_user", "Enable user", "Lets the account sign in again.", ActionType.AccountEnable),
            (id, change, cancellationToken) => run(
                async (server, retry) => await Switch(server, retry).EnableAsync(await FindAsync(grafana, retry, id, cancellationToken), change, cancellationToken),
                cancellationToken));
        yield return new(
            Describe("logout_user", "Sign user out", "Ends every session of the account.", ActionType.Account),
            (id, change, cancellationToken) => run(
                async (_, retry) => await LogOutAsync(grafana, retry, await FindAsync(grafana, retry, id, cancellationToken), change, cancellationToken),
                cancellationToken));

        AccountSwitch Switch(ServerBuild server, RetryPolicy retry)
            => new(grafana, server, new AccountGuards(grafana, new ServerMemberships(grafana, retry), policy, retry), retry, logger);
    }

    private static async Task<ChangeOutcome> LogOutAsync(
        GrafanaClient grafana, RetryPolicy retry, GrafanaProfile account, Change change, CancellationToken cancellationToken)
    {
        var answer = await retry.RunAsync(() => grafana.LogOutUserAsync(change, account.Id, cancellationToken), cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => new($"every session of account {account.Id} ({account.Login}) is ended"),
            { Status: 400 } => throw new ConnectorException(StatusCode.FailedPrecondition, $"{Prefix.Connector}{answer.Message}: the connector signs in with that account"),
            { IsUnknown: true } => throw new ConnectorException(StatusCode.Unavailable, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
            _ => throw new ConnectorException(answer.Failure?.Code ?? StatusCode.Internal, $"{Prefix.Connector}{answer.Failure?.Message}", answer.Failure),
        };
    }

    private static async Task<GrafanaProfile> FindAsync(GrafanaClient grafana, RetryPolicy retry, long id, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(() => grafana.GetUserAsync(id, cancellationToken), cancellationToken);
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            throw new ConnectorException(StatusCode.NotFound, $"{Prefix.Connector}Grafana has no account {id}", absent);
        }
    }

    private static BatonActionSchema Describe(string name, string displayName, string description, ActionType type)
    {
        var schema = new BatonActionSchema
        {
            Name = name,
            DisplayName = displayName,
            Description = description,
            Arguments =
            {
                new ConfigurationField
                {
                    Name = "user_id", DisplayName = "User ID", Description = "The id of the user resource, a number.", IsRequired = true, StringField = new(),
                },
            },
            ReturnTypes = { new ConfigurationField { Name = "success", DisplayName = "Success", Description = "Whether it was done.", BoolField = new() } },
            ActionType = { ActionType.Account },
        };
        if (type != ActionType.Account)
        {
            schema.ActionType.Add(type);
        }

        return schema;
    }
}
