using System.Globalization;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>Names a token of a service account, as <c>7.41</c>: the platform stores it. Both numbers are Grafana's.</summary>
internal readonly record struct TokenHandle(long ServiceAccountId, long TokenId)
{
    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it is no handle.</exception>
    public static TokenHandle Parse(ResourceId id)
        => id.Resource.Split('.') is [var account, var token] && Number(account) is { } accountId && Number(token) is { } tokenId
            ? new(accountId, tokenId)
            : throw new ConnectorException(
                StatusCode.InvalidArgument, $"{Prefix.Tokens}invalid token ID {id.Resource}: it must be <service account>.<token>, two numbers");

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: it is no id of a service account.</exception>
    public static long ParseServiceAccount(ResourceId id)
        => Number(id.Resource)
            ?? throw new ConnectorException(StatusCode.InvalidArgument, $"{Prefix.Tokens}invalid service account ID {id.Resource}: it must be a number");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ServiceAccountId}.{TokenId}");

    private static long? Number(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
