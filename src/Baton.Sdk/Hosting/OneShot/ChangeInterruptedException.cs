using Baton.Sdk.Connectors;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>A change was stopped on the way. The message says what is known of it.</summary>
internal sealed class ChangeInterruptedException(Change change, Exception cause) : OperationCanceledException(Describe(change), cause)
{
    // A request is noted right before it is sent, so that the last one may not have left, and its answer has not been seen.
    private static string Describe(Change change)
        => change.IsDryRun ? "interrupted; nothing was changed"
            : change.Requests.Count == 0 ? "interrupted before anything was sent; nothing was changed"
            : $"interrupted after {string.Join(", then ", change.Requests)}; whether the last request was carried out is not known: "
                + "repeat the command, which looks first at what holds";
}
