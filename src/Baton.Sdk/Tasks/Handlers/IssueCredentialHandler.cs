using Baton.Sdk.Connectors;
using Grpc.Core;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>No connector of this SDK issues credentials yet.</summary>
internal sealed class IssueCredentialHandler(ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.IssueCredential;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.IssueCredential is not { IdentityId: not null, CredentialOptions: not null, EncryptionConfigs.Count: > 0 })
        {
            return Task.FromResult<TaskOutcome>(TaskFailure.Malformed("malformed issue credential task"));
        }

        gate.Require();
        throw new ConnectorException(StatusCode.Unimplemented, "resource type does not have credential issuer configured");
    }
}
