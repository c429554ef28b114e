using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Baton.Sdk.Provisioning;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Invokes one of the connector's custom actions.</summary>
internal sealed partial class InvokeActionOperation(string action, Struct arguments, string resourceTypeId) : IOneShotOperation
{
    public string Name => "invoke-action";

    public bool ChangesTarget => true;

    /// <exception cref="ConfigurationException">The name is empty, or the arguments are no JSON object.</exception>
    public static InvokeActionOperation From(ResolvedConfiguration configuration) => new(
        Setting.Require(configuration, "invoke-action", "the name of the action to invoke (--list-action-schemas lists them)"),
        JsonObjectText.Read(configuration, "invoke-action-args"),
        configuration.GetString("invoke-action-resource-type"));

    public async Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectAsync(cancellationToken);
        var request = new InvokeActionRequest { Name = action, Args = arguments, ResourceTypeId = resourceTypeId };
        var carried = await new ActionInvocations(connector, context.Logger).InvokeAsync(request, context.Change, cancellationToken);
        var response = carried.Response;
        LogResponse(context.Logger, response.Id, response.Name, StatusText(response.Status), $"{response.Response}");
        var annotations = response.Annotations.ToList();
        response.Annotations.Clear();
        return response.Status == BatonActionStatus.Failed
            ? new(OperationOutcome.Failed, $"action invoke failed: {carried.Summary}") { Response = response, Annotations = annotations, Code = carried.Failure }
            : new(carried.IsAlready ? OperationOutcome.Already : OperationOutcome.Done, carried.Summary) { Response = response, Annotations = annotations };
    }

    private static string StatusText(BatonActionStatus status) => $"BATON_ACTION_STATUS_{status.ToString().ToUpperInvariant()}";

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "ActionInvoke response")]
    private static partial void LogResponse(ILogger logger, string actionId, string name, string status, string response);
}
