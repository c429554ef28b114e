namespace Baton.Sdk.Hosting.OneShot;

/// <summary>An operation ended well, and nobody could be told so. It must not be taken for one that failed.</summary>
internal sealed class UnwrittenResultException(OperationReport report, IOException cause)
    : Exception($"{report.Operation} is carried out ({report.Result.Summary}), but the result cannot be written: {cause.Message}", cause);
