using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Provisioning;

/// <summary>
/// The connector's custom actions: what there are, invoking one, and how earlier invocations ended. An invocation answers when the
/// action has ended; how the last ones ended is kept, for a platform that lost the answer. Thread-safe.
/// </summary>
internal sealed partial class ActionInvocations(IConnector connector, ILogger logger)
{
    /// <summary>How many ended invocations are remembered.</summary>
    public const int Remembered = 100;

    private readonly ConnectorCall _call = new(logger);
    private readonly Dictionary<string, GetActionStatusResponse> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _gate = new();

    /// <param name="resourceTypeId">Empty for the actions that belong to the whole connector.</param>
    public ListActionSchemasResponse List(string resourceTypeId)
    {
        var response = new ListActionSchemasResponse();
        response.Schemas.Add(connector.Actions.Select(action => action.Schema).Where(schema => schema.ResourceTypeId == resourceTypeId));
        return response;
    }

    public bool Has(string name) => Find(name) is not null;

    /// <exception cref="ConnectorException"><c>NotFound</c>: there is no such action.</exception>
    public GetActionSchemaResponse Describe(string name)
        => Find(name) is { } action
            ? new GetActionSchemaResponse { Schema = action.Schema }
            : throw new ConnectorException(StatusCode.NotFound, $"error: action schema {name} not found: rpc error: code = NotFound desc = action {name} not found");

    /// <returns>The outcome, a failed one included: its status says so, and its response holds the text as <c>error</c>.</returns>
    /// <exception cref="ConnectorException">There is no such action, or its arguments are wrong.</exception>
    public async Task<Carried<InvokeActionResponse>> InvokeAsync(InvokeActionRequest request, Change change, CancellationToken cancellationToken)
    {
        const string prefix = "error: invoking action failed: ";
        var action = Find(request.Name)
            ?? throw new ConnectorException(StatusCode.NotFound, $"{prefix}rpc error: code = NotFound desc = handler for action {request.Name} not found");
        if (request.ResourceTypeId.Length > 0 && request.ResourceTypeId != action.Schema.ResourceTypeId)
        {
            throw new ConnectorException(StatusCode.NotFound, $"{prefix}resource type {request.ResourceTypeId} has no action {request.Name}");
        }

        var arguments = request.Args ?? new Struct();
        ActionArguments.Check(action.Schema, arguments, prefix);
        var response = new InvokeActionResponse { Id = Guid.CreateVersion7().ToString("N"), Name = request.Name };
        var (summary, isAlready, code) = ("", false, default(StatusCode?));
        try
        {
            var outcome = await _call.RunAsync(() => action.InvokeAsync(arguments, change, cancellationToken));
            response.Status = BatonActionStatus.Complete;
            response.Response = outcome.Response;
            response.Annotations.Add(outcome.Annotations);
            (summary, isAlready) = (outcome.Summary, outcome.IsAlready);
            LogInvoked(request.Name, response.Id, summary);
        }
        catch (ConnectorException failure) when (!failure.IsTransient)
        {
            response.Status = BatonActionStatus.Failed;
            response.Response = new Struct { Fields = { ["success"] = Value.ForBool(false), ["error"] = Value.ForString(failure.Message) } };
            (summary, code) = (failure.Message, failure.Code);
            LogFailed(request.Name, response.Id, summary);
        }

        Remember(response);
        return new(response, summary) { IsAlready = isAlready, Failure = code };
    }

    /// <exception cref="ConnectorException"><c>NotFound</c>: no invocation of that id is remembered.</exception>
    public GetActionStatusResponse Status(string id)
    {
        lock (_gate)
        {
            return _ended.TryGetValue(id, out var status)
                ? status.Clone()
                : throw new ConnectorException(
                    StatusCode.NotFound, $"error: action status for id {id} not found: rpc error: code = NotFound desc = action id {id} not found");
        }
    }

    private ICustomAction? Find(string name) => connector.Actions.FirstOrDefault(action => action.Schema.Name == name);

    private void Remember(InvokeActionResponse response)
    {
        var status = new GetActionStatusResponse { Id = response.Id, Name = response.Name, Status = response.Status, Response = response.Response?.Clone() };
        status.Annotations.Add(response.Annotations);
        lock (_gate)
        {
            _ended[response.Id] = status;
            _order.Enqueue(response.Id);
            if (_order.Count > Remembered)
            {
                _ended.Remove(_order.Dequeue());
            }
        }
    }

    [LoggerMessage(EventId = 4031, Level = LogLevel.Information, Message = "action invoked")]
    private partial void LogInvoked(string name, string actionId, string outcome);

    // Whoever invoked it is told; for the connector it is a result like any other.
    [LoggerMessage(EventId = 4032, Level = LogLevel.Information, Message = "action failed")]
    private partial void LogFailed(string name, string actionId, string error);
}
