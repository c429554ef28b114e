using System.Text.Json.Nodes;
using Baton.Protocol.ConnectorApi.V1;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Connectors.Attempts;
using Podium.Data;
using BatonTask = Baton.Protocol.ConnectorApi.V1.Task;
using Task = System.Threading.Tasks.Task;

namespace Podium.Connectors;

/// <summary>A process of a connector says who it is.</summary>
internal sealed class ConnectorHello(Database database, AttemptQueue queue, AttemptLife attempts, ProvisioningProbe probe, WorkSignal signal, TimeProvider clock)
{
    public async Task<FinishResult> RunAsync(long connectorId, Actor actor, BatonServiceHelloRequest hello, CancellationToken cancellationToken)
    {
        var result = await database.WriteAsync(
            async context =>
            {
                var connector = (await context.LockAsync<Connector>(connectorId, cancellationToken))!;
                var answer = hello.TaskId.Length == 0
                    ? FinishResult.Accepted
                    : await attempts.FinishHelloAsync(context, connectorId, hello.HostId, hello.TaskId, cancellationToken);
                if (answer != FinishResult.Accepted)
                {
                    return answer;
                }

                var now = clock.Now();
                var isNew = connector.Metadata is null;
                var version = hello.BuildInfo.PackageVersion;
                if (isNew || connector.Version != version)
                {
                    context.Audit(now, "connector.introduced", actor, connector.Subject(), new JsonObject
                    {
                        ["package"] = hello.BuildInfo.Package,
                        ["version"] = version,
                        ["before"] = connector.Version,
                        ["host"] = hello.HostId,
                    });
                }

                (connector.Metadata, connector.Version, connector.LastSeenAt) = (hello.ConnectorMetadata.ToByteArray(), version, now);
                // Without a task it is the first word of a process, which may have been started with other settings.
                if (isNew || hello.TaskId.Length == 0)
                {
                    await probe.AskAsync(context, connectorId, cancellationToken);
                }

                return answer;
            },
            cancellationToken);
        await signal.AnnounceAsync(connectorId, cancellationToken);
        return result;
    }

    /// <summary>Connectors of before 2026 say who they are only when they are asked.</summary>
    public async Task AskAsync(long connectorId, CancellationToken cancellationToken)
    {
        // At each call for work: nothing is written, and no writer is waited for, unless there is something to ask.
        if (await database.ReadAsync(context => context.Set<Connector>().AnyAsync(connector => connector.Id == connectorId && connector.Metadata != null, cancellationToken)))
        {
            return;
        }

        await database.WriteAsync(
            async context =>
            {
                var connector = await context.LockAsync<Connector>(connectorId, cancellationToken);
                var isAsked = await context.Set<Attempt>().AnyAsync(
                    attempt => attempt.ConnectorId == connectorId && attempt.Kind == AttemptKind.Hello && (attempt.State == AttemptState.Queued || attempt.State == AttemptState.Out),
                    cancellationToken);
                if (connector is { Metadata: null } && !isAsked)
                {
                    queue.Add(context, connectorId, new BatonTask { Hello = new() }, "hello");
                }
            },
            cancellationToken);
    }
}
