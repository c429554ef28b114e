using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Baton.Sdk.Provisioning;
using Microsoft.Extensions.Logging;
using Field = Baton.Protocol.Config.V1.Field;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Lists the connector's custom actions; nobody is asked for it but the connector itself.</summary>
internal sealed partial class ListActionSchemasOperation(string resourceTypeId) : IOneShotOperation
{
    public string Name => "list-action-schemas";

    public bool ChangesTarget => false;

    public static ListActionSchemasOperation From(ResolvedConfiguration configuration)
        => new(configuration.GetString("list-action-schemas-resource-type"));

    public Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var response = new ActionInvocations(context.Connector, context.Logger).List(resourceTypeId);
        LogSchemas(context.Logger, response.Schemas.Count, [.. response.Schemas.Select(schema => schema.Name)]);
        var of = resourceTypeId.Length > 0 ? $" of the resource type {resourceTypeId}" : "";
        var summary = response.Schemas.Count switch
        {
            0 => $"there are no actions{of}",
            1 => $"1 action{of}",
            _ => $"{response.Schemas.Count} actions{of}",
        };
        return Task.FromResult(new OperationResult(OperationOutcome.Done, summary) { Response = response, Details = [.. response.Schemas.SelectMany(Describe)] });
    }

    private static IEnumerable<string> Describe(BatonActionSchema schema)
    {
        yield return $"{schema.Name}  {(schema.Description.Length > 0 ? schema.Description : schema.DisplayName)}";
        foreach (var argument in schema.Arguments)
        {
            yield return $"  {argument.Name} ({Kind(argument)}{(argument.IsRequired ? ", required" : "")})  {argument.Description}".TrimEnd();
        }
    }

    private static string Kind(Field argument) => argument.FieldCase switch
    {
        Field.FieldOneofCase.StringField => "string",
        Field.FieldOneofCase.BoolField => "true or false",
        Field.FieldOneofCase.IntField => "whole number",
        Field.FieldOneofCase.StringSliceField => "list of strings",
        _ => "any",
    };

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information, Message = "Action Schemas")]
    private static partial void LogSchemas(ILogger logger, int count, IReadOnlyList<string> schemas);
}
