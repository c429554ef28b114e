using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tasks;

/// <summary>How a task ended, as the platform is told.</summary>
internal abstract record TaskOutcome
{
    private TaskOutcome()
    {
    }

    public sealed record Succeeded : TaskOutcome
    {
        /// <summary>What the connector answered; null for tasks without an answer.</summary>
        public IMessage? Response { get; init; }

        public IReadOnlyList<Any> Annotations { get; init; } = [];
    }

    /// <param name="Code">Why.</param>
    /// <param name="Message">For the person who asked.</param>
    /// <param name="IsFinal">The same task would fail again, so that the platform must not repeat it.</param>
    public sealed record Failed(StatusCode Code, string Message, bool IsFinal) : TaskOutcome
    {
        public IReadOnlyList<Any> Details { get; init; } = [];
    }

    /// <summary>The platform is told nothing: it was told in another way, or it will hand the task out again.</summary>
    public sealed record Unreported(string Reason) : TaskOutcome;
}
