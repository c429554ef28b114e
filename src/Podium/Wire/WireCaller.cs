using Grpc.Core;
using Podium.AccessLog;
using Podium.Audit;
using Podium.Connectors;
using Podium.Tokens;

namespace Podium.Wire;

/// <summary>The connector that a call's token speaks for.</summary>
internal sealed record WireCaller(TokenHolder Holder, long ConnectorId, Actor Actor)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="RpcException">There is no token, or it is not a connector's, or it has ended.</exception>
    public static async Task<WireCaller> AdmitAsync(ServerCallContext call, AccessTokens tokens, ConnectorPresence presence)
    {
        var authorization = call.RequestHeaders.GetValue("authorization") ?? "";
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || await tokens.CheckAsync(authorization[Scheme.Length..].Trim(), call.CancellationToken) is not { ConnectorId: { } connectorId } holder)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "no valid access token of a connector: ask for one with its client id and secret"));
        }

        await presence.NoteAsync(connectorId, call.CancellationToken);
        call.GetHttpContext().Features.Set(new CallingClient(holder.ClientId));
        var address = call.GetHttpContext().Connection.RemoteIpAddress?.ToString();
        return new(holder, connectorId, new(ActorKind.Connector, ClientId: holder.ClientId, Address: address));
    }
}
