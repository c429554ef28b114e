using Baton.Sdk.Connectors;

namespace Baton.Grafana.Api;

/// <summary>
/// What came back from a request that changes something. A refusal is an answer here and not an exception, because what it means
/// depends on the state: Grafana answers 500 to what can never succeed, and 400 for several reasons.
/// </summary>
internal sealed record WriteAnswer
{
    /// <summary>The HTTP status; 0 when no complete answer arrived, so that nobody knows whether the request took effect.</summary>
    public required int Status { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Grafana's name for the refusal, such as <c>org.externallySynced</c>; empty before 9.5 or so.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The account that was added (Grafana 8 and later).</summary>
    public long? UserId { get; init; }

    /// <summary>The account that was created.</summary>
    public long? Id { get; init; }

    /// <summary>The failure in general terms, for whoever finds no better ones; null on success.</summary>
    public ConnectorException? Failure { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>A gateway may have given up while Grafana went on: as unknown as no answer at all.</summary>
    public bool IsUnknown => Status is 0 or 408 or 502 or 503 or 504;
}
