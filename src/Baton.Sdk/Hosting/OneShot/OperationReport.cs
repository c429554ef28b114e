using Baton.Sdk.Connectors;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>All that is known when an operation has ended.</summary>
internal sealed record OperationReport(string Operation, Change Change, OperationResult Result);
