using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Connectors;

/// <summary>A named operation beyond grants and accounts, with arguments that its schema describes.</summary>
public interface ICustomAction
{
    BatonActionSchema Schema { get; }

    /// <param name="arguments">Checked against the schema: what is required is there, and each is of its type.</param>
    /// <param name="change">Where checks, effects and requests are noted.</param>
    /// <param name="cancellationToken">Ends it, before the first request that writes or after the state is known again.</param>
    /// <returns>The return values that the schema describes, and a summary for people.</returns>
    /// <exception cref="ConnectorException">It failed.</exception>
    Task<ActionOutcome> InvokeAsync(Struct arguments, Change change, CancellationToken cancellationToken);
}

/// <summary>How an action ended that did not fail.</summary>
/// <param name="Summary">One line for people.</param>
/// <param name="Response">The return values.</param>
public sealed record ActionOutcome(string Summary, Struct Response)
{
    public IReadOnlyList<Any> Annotations { get; init; } = [];

    /// <summary>Nothing was to be done: what was asked for was so already.</summary>
    public bool IsAlready { get; init; }
}
