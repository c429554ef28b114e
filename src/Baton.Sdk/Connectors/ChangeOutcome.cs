using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Connectors;

/// <summary>How a change ended that did not fail.</summary>
/// <param name="Summary">One line for people: the state that was read back, or why nothing was to be done.</param>
public sealed record ChangeOutcome(string Summary)
{
    /// <summary>What the platform is told, for example <c>GrantAlreadyExists</c> or <c>GrantReplaced</c>.</summary>
    public IReadOnlyList<Any> Annotations { get; init; } = [];

    /// <summary>Nothing was to be done. Needed where no annotation says so.</summary>
    public bool IsAlready { get; init; }

    /// <summary>Of a grant: what is granted now. May be left empty.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];
}
