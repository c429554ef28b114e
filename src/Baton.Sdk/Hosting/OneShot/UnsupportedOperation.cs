using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>
/// An operation that no connector of this SDK offers. It is answered as upstream answers for a connector that does not offer it, and
/// before anything else: whoever asks learns that no setting will help.
/// </summary>
internal sealed class UnsupportedOperation(string name, StatusCode code, string answer) : IOneShotOperation
{
    public string Name => name;

    public bool ChangesTarget => false;

    public Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken) => throw new ConnectorException(code, answer);
}
