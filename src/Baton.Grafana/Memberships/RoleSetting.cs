using Baton.Grafana.Organizations;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using ConfigurationField = Baton.Protocol.Config.V1.Field;

namespace Baton.Grafana.Memberships;

/// <summary>
/// The action <c>set_organization_role</c>: gives a member another role while it still has an expected one. Whoever lends a role for a time
/// takes it back with it, and never takes away what somebody else gave meanwhile.
/// </summary>
internal sealed class RoleSetting(RoleProvisioning roles) : ICustomAction
{
    /// <summary>The value that stands for no membership at all.</summary>
    public const string NoMember = "NoMember";

    private static readonly string Values = $"{string.Join(", ", OrganizationRole.All.Select(role => role.Name))} or {NoMember}";

    public BatonActionSchema Schema { get; } = new()
    {
        Name = "set_organization_role",
        DisplayName = "Set organization role",
        Description = "Gives an account another role in an organization, only while it still has the expected one; tells what there is otherwise.",
        Arguments =
        {
            Text("user_id", "User ID", "The id of the user resource, a number."),
            Text("org_id", "Organization ID", "The id of the org resource, a number."),
            Text("expected", "Expected role", $"The role that the account must have now: {Values}."),
            Text("role", "Role", $"The role that it gets: {Values}."),
        },
        ReturnTypes =
        {
            new ConfigurationField { Name = "success", DisplayName = "Success", Description = "Whether the account has the role now.", BoolField = new() },
            new ConfigurationField { Name = "result", DisplayName = "Result", Description = "done, already or conflict.", StringField = new() },
            new ConfigurationField { Name = "role", DisplayName = "Role", Description = $"What was read back: {Values}.", StringField = new() },
        },
        ActionType = { ActionType.Account },
    };

    public async Task<ActionOutcome> InvokeAsync(Struct arguments, Change change, CancellationToken cancellationToken)
    {
        var account = AccountReference.ParseId(Ids.Resource(Accounts.UserSyncer.TypeId, arguments.Fields["user_id"].StringValue));
        var organization = RoleRequest.ParseOrganization(arguments.Fields["org_id"].StringValue);
        var (expected, wanted) = (Parse(arguments, "expected"), Parse(arguments, "role"));
        if (expected == wanted)
        {
            throw Wrong("expected and role are the same");
        }

        try
        {
            var outcome = await roles.SetAsync(organization, account, expected, wanted, change, cancellationToken);
            var role = VerifiedState.RoleOf(outcome.Annotations);
            var isAlready = Annotations.Has(outcome.Annotations, GrantAlreadyExists.Descriptor) || Annotations.Has(outcome.Annotations, GrantAlreadyRevoked.Descriptor);
            return role != (wanted?.Name ?? "") ? Conflict(role, outcome.Summary)
                : Answer(isAlready ? "already" : "done", role, outcome.Summary) with { Annotations = outcome.Annotations, IsAlready = isAlready };
        }
        catch (RoleConflictException conflict)
        {
            return Conflict(
                conflict.Role ?? "", $"account {account} is {conflict.Role ?? "no member"} in organization {organization}, not {expected?.Name ?? "without a membership"}; nothing was changed");
        }
    }

    private static ActionOutcome Conflict(string role, string summary) => Answer("conflict", role, $"conflict: {summary}");

    private static ActionOutcome Answer(string result, string role, string summary) => new(summary, new Struct
    {
        Fields =
        {
            ["success"] = Value.ForBool(result != "conflict"),
            ["result"] = Value.ForString(result),
            ["role"] = Value.ForString(role.Length > 0 ? role : NoMember),
        },
    });

    private static OrganizationRole? Parse(Struct arguments, string name) => arguments.Fields[name].StringValue switch
    {
        NoMember => null,
        var text => OrganizationRole.Find(text) ?? throw Wrong($"{name} is '{text}', and must be {Values}"),
    };

    private static ConfigurationField Text(string name, string displayName, string description)
        => new() { Name = name, DisplayName = displayName, Description = description, IsRequired = true, StringField = new() };

    private static ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, $"{Prefix.Connector}set_organization_role: {what}");
}
