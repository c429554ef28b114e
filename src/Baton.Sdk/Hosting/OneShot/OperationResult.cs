using Baton.Sdk.Provisioning;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>What an operation says of itself, for people and for scripts.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Summary">One line.</param>
internal sealed record OperationResult(OperationOutcome Outcome, string Summary)
{
    /// <summary>What else there is to know, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Lines for people, of what scripts find in the response.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Those of the response, which then has none.</summary>
    public IReadOnlyList<Any> Annotations { get; init; } = [];

    /// <summary>What a platform would be answered; null when there is no answer.</summary>
    public IMessage? Response { get; init; }

    /// <summary>The gRPC code of a failure; null when it did not fail, or failed before anybody was asked.</summary>
    public StatusCode? Code { get; init; }

    /// <param name="carried">What was carried out.</param>
    /// <param name="annotations">Those of its response; they are moved.</param>
    /// <param name="already">The annotation of a change that was none.</param>
    public static OperationResult Of<TResponse>(Carried<TResponse> carried, RepeatedField<Any> annotations, MessageDescriptor already)
        where TResponse : IMessage
    {
        var moved = annotations.ToList();
        annotations.Clear();
        var outcome = Connectors.Annotations.Has(moved, already) ? OperationOutcome.Already : OperationOutcome.Done;
        return new(outcome, carried.Summary) { Annotations = moved, Response = carried.Response };
    }
}
