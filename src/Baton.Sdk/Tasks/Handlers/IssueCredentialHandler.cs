using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <summary>The task's id is that of the request: a task that is handed out twice asks for one credential.</summary>
internal sealed class IssueCredentialHandler(CredentialIssuing issuing, ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.IssueCredential;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.IssueCredential is not { IdentityId: not null, CredentialOptions: not null, EncryptionConfigs.Count: > 0 } asked)
        {
            return TaskFailure.Malformed("malformed issue credential task");
        }

        gate.Require();
        var request = new IssueCredentialRequest
        {
            IdentityId = asked.IdentityId,
            CredentialOptions = asked.CredentialOptions,
            EncryptionConfigs = { asked.EncryptionConfigs },
            RequestId = task.Id,
            ExpiresAt = asked.ExpiresAt,
        };
        var done = await issuing.IssueAsync(request, new Change(), cancellationToken);
        return new TaskOutcome.Succeeded { Response = done.Response, Annotations = done.Response.Annotations };
    }
}
