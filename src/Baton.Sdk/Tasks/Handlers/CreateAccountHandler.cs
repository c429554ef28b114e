using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Provisioning;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Sdk.Tasks.Handlers;

/// <param name="provisioning">With the client secret in force.</param>
/// <param name="gate">Whether changes are allowed.</param>
internal sealed class CreateAccountHandler(Func<AccountProvisioning> provisioning, ProvisioningGate gate) : ITaskHandler
{
    public ServiceTask.TaskTypeOneofCase Kind => ServiceTask.TaskTypeOneofCase.CreateAccount;

    public ShutdownConduct AtShutdown => ShutdownConduct.Finish;

    public async Task<TaskOutcome> HandleAsync(ServiceTask task, TaskRun run, CancellationToken cancellationToken)
    {
        if (task.CreateAccount?.AccountInfo is null)
        {
            return TaskFailure.Malformed("malformed create account task");
        }

        gate.Require();
        var request = new CreateAccountRequest
        {
            AccountInfo = task.CreateAccount.AccountInfo,
            CredentialOptions = task.CreateAccount.CredentialOptions,
            EncryptionConfigs = { task.CreateAccount.EncryptionConfigs },
            ResourceTypeId = task.CreateAccount.ResourceTypeId,
        };
        var done = await provisioning().CreateAsync(request, new Change(), cancellationToken);
        return new TaskOutcome.Succeeded { Response = done.Response, Annotations = done.Response.Annotations };
    }
}
