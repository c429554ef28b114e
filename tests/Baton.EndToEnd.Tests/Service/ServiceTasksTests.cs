using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.Protocol.Connector.V2;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.ControlPlane.Tasks;
using Baton.Testing.ControlPlane.Uploads;
using Baton.Testing.Grafana;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using ServiceTask = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.EndToEnd.Tests.Service;

/// <summary>What the platform asks for, and what it gets.</summary>
public sealed class ServiceTasksTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_HelloAndSync_UploadsAndLeavesNothing()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 300, organizations: 3);
        var hello = rig.Add(new ServiceTask { Hello = new() });
        var sync = rig.AddSync();
        var connector = rig.Run();

        await rig.EndOfAsync(hello);
        var end = await rig.EndOfAsync(sync);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(end.Succeeded, end.ToString());
        Assert.Equal(CallKind.Hello, rig.Platform.Calls.All.First(call => call.Kind != CallKind.Token).Kind);
        Assert.True(sync.Heartbeats >= 1);
        var upload = Assert.Single(sync.Uploads);
        Assert.Equal(UploadKind.C1z, upload.Kind);
        using (var file = C1zFile.OpenRead(upload.Path, new() { TemporaryFolder = rig.Workspace.Root }))
        {
            var rows = file.Read(file.Syncs.LatestFinished()!);
            Assert.Equal((300L, 3L), (rows.CountResources("user"), rows.CountResources("org")));
        }

        Assert.Equal(0, ended.ExitCode);
        Assert.Empty(rig.Leftovers);
        rig.SaidNoSecret(ended);
        rig.Platform.ThrowOnViolations();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Service_HelloMetadata_TellsWhatTheConnectorCanDo(bool isProvisioning)
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_PROVISIONING"] = isProvisioning ? "true" : "false";
        var connector = rig.Run();

        var hello = (Baton.Protocol.ConnectorApi.V1.BatonServiceHelloRequest)(await rig.Platform.WaitForCallAsync(CallKind.Hello, 1, Cancellation)).Request!;
        await ServiceRig.StopAsync(connector);

        Assert.Equal("Grafana", hello.ConnectorMetadata.DisplayName);
        Assert.Equal(["email", "full_name", "login", "org_id"], hello.ConnectorMetadata.AccountCreationSchema.FieldMap.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(Capability.AccountProvisioning, hello.ConnectorMetadata.Capabilities.ConnectorCapabilities_);
        Assert.Contains(Capability.Provision, hello.ConnectorMetadata.Capabilities.ConnectorCapabilities_);
        Assert.Equal(isProvisioning, hello.ConnectorMetadata.Profile.Fields["provisioning"].BoolValue);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Service_GrantAndRevoke_ChangeGrafana(string batch)
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_GET_TASKS"] = batch;
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        var grant = rig.AddGrant(1, "Editor", ada);
        var connector = rig.Run("--task-concurrency", "1");

        var granted = await rig.EndOfAsync(grant);
        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(1, ada));
        var revoked = await rig.EndOfAsync(rig.AddRevoke(1, "Editor", ada));
        Assert.Null(rig.Grafana.RoleOf(1, ada));
        var again = await rig.EndOfAsync(rig.AddRevoke(1, "Editor", ada));
        await ServiceRig.StopAsync(connector);

        Assert.Equal($"org:1:Viewer:user:{ada}", Unpack<GrantReplaced>(granted).ReplacedGrantId);
        Assert.Equal("Editor", Unpack<GrantMetadata>(granted).Metadata.Fields["verified_role"].StringValue);
        Assert.True(revoked.Succeeded, revoked.ToString());
        Assert.NotNull(Unpack<GrantAlreadyRevoked>(again));
        Assert.Equal(2, rig.Grafana.Requests.Writes.Count);
    }

    [Fact]
    public async Task Service_LastAdmin_IsRefusedForGood()
    {
        await using var rig = await ServiceRig.StartAsync();
        var ada = rig.Grafana.AddUser("ada");
        var organization = rig.Grafana.AddOrganization("Ops");
        rig.Grafana.AddMember(organization, ada, GrafanaRole.Admin);
        var revoke = rig.AddRevoke(organization, "Admin", ada);
        var connector = rig.Run();

        var end = await rig.EndOfAsync(revoke);
        await ServiceRig.StopAsync(connector);

        Assert.Equal(9, end.Request!.Status.Code);
        Assert.True(end.Request.Error.NonRetryable);
        Assert.StartsWith("rpc error: code = FailedPrecondition desc = ", end.Request.Status.Message, StringComparison.Ordinal);
        Assert.EndsWith("\ntask failed and is non-retryable", end.Request.Status.Message, StringComparison.Ordinal);
        Assert.Contains("(Ops)", end.Request.Status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithoutProvisioning_RefusesEveryChange()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables.Remove("BATON_PROVISIONING");
        var tasks = new[]
        {
            rig.AddGrant(1, "Editor", 2),
            rig.AddRevoke(1, "Editor", 2),
            rig.Add(new ServiceTask { CreateAccount = new() { AccountInfo = new() } }),
            rig.Add(new ServiceTask { DeleteResource = new() { ResourceId = new() { ResourceType = "user", Resource = "2" } } }),
            rig.Add(new ServiceTask { RotateCredentials = new() { ResourceId = new() { ResourceType = "user", Resource = "2" } } }),
            rig.Add(new ServiceTask { ActionInvoke = new() { Name = "disable_user", Args = new() } }),
        };
        var connector = rig.Run();

        foreach (var task in tasks)
        {
            var end = await rig.EndOfAsync(task);
            Assert.Equal(9, end.Request!.Status.Code);
            Assert.Contains("provisioning is not enabled", end.Request.Status.Message, StringComparison.Ordinal);
        }

        await ServiceRig.StopAsync(connector);
        Assert.Empty(rig.Grafana.Requests.Writes);
    }

    [Fact]
    public async Task Service_MalformedAndUnsupportedTasks_AreAnsweredOneByOne()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_TICKETING"] = "true";
        var expected = new (ServiceTask Task, int Code, string Text)[]
        {
            (new() { Grant = new() }, 2, "malformed grant task"),
            (new() { Revoke = new() }, 2, "invalid task type"),
            (new() { CreateAccount = new() }, 2, "malformed create account task"),
            (new() { CreateResource = new() }, 2, "malformed create resource task"),
            (new() { DeleteResource = new() { ResourceId = new() { ResourceType = "user" } } }, 2, "malformed delete resource task"),
            (new() { RotateCredentials = new() }, 2, "malformed rotate credentials task"),
            (new() { IssueCredential = new() }, 2, "malformed issue credential task"),
            (new() { DeleteResource = new() { ResourceId = new() { ResourceType = "org", Resource = "1" } } }, 12, "resource type org does not have resource Delete() configured"),
            (new() { RotateCredentials = new() { ResourceId = new() { ResourceType = "user", Resource = "1" } } }, 12, "resource type does not have credential manager configured"),
            (new() { CreateTicketTask = new() }, 2, "malformed create ticket task"),
            (new() { GetTicket = new() }, 2, "malformed get ticket task"),
            (new() { ListTicketSchemas = new() }, 12, "ticket manager not implemented"),
            (new() { ActionGetSchema = new() }, 2, "action name required"),
            (new() { ActionInvoke = new() { Name = "nope" } }, 5, "handler for action nope not found"),
            (new() { ActionStatus = new() { Id = "zz" } }, 5, "action id zz not found"),
            (new() { ListEvents = new() { EventFeedId = "feed" } }, 5, "event feed id feed not found"),
            (new() { CompactSyncs = new() }, 2, "unsupported task type"),
        };
        var tasks = expected.Select(row => (rig.Add(row.Task), row.Code, row.Text)).ToList();
        var feeds = rig.Add(new ServiceTask { ListEventFeeds = new() });
        var schemas = rig.Add(new ServiceTask { ActionListSchemas = new() });
        var connector = rig.Run();

        foreach (var (task, code, text) in tasks)
        {
            var end = await rig.EndOfAsync(task);
            Assert.True(end.Request!.Status?.Code == code, $"{task.Message.TaskTypeCase}: {end}");
            Assert.Contains(text, end.Request.Status.Message, StringComparison.Ordinal);
        }

        Assert.True((await rig.EndOfAsync(feeds)).Succeeded);
        var listed = (await rig.EndOfAsync(schemas)).Request!.Success.Response.Unpack<ListActionSchemasResponse>();
        Assert.Equal(["disable_user", "enable_user", "logout_user", "set_organization_role"], listed.Schemas.Select(schema => schema.Name).Order(StringComparer.Ordinal));
        await ServiceRig.StopAsync(connector);
    }

    [Fact]
    public async Task Service_SyncOptions_AreFollowed()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 5);
        var onlyOrganizations = rig.AddSync(sync => sync.SyncResourceTypeIds.Add("org"));
        var withoutGrants = rig.AddSync(sync => sync.SkipGrants = true);
        var resourcesOnly = rig.AddSync(sync => sync.SkipEntitlementsAndGrants = true);
        var targeted = rig.AddSync(sync => sync.TargetedSyncResources.Add(new Resource { Id = new() { ResourceType = "user", Resource = "2" } }));
        var pebble = rig.AddSync(sync => sync.StorageEngine = "pebble");
        var unknownType = rig.AddSync(sync => sync.SyncResourceTypeIds.Add("nope"));
        var connector = rig.Run();

        Assert.Equal((SyncType.Full, 0L, 1L, 0), await UploadedAsync(onlyOrganizations));
        Assert.Equal((SyncType.Full, 5L, 1L, 0), await UploadedAsync(withoutGrants));
        Assert.Equal((SyncType.ResourcesOnly, 5L, 1L, 0), await UploadedAsync(resourcesOnly));
        Assert.Equal((SyncType.Partial, 1L, 0L, 0), await UploadedAsync(targeted));

        // Its members, and its server administrator.
        Assert.Equal((SyncType.Full, 5L, 1L, 5 + 1), await UploadedAsync(pebble));
        Assert.Equal("sqlite", Unpack<Struct>(pebble.End!).Fields["storage_engine"].StringValue);
        var refused = await rig.EndOfAsync(unknownType);
        Assert.Equal(2, refused.Request!.Status.Code);
        Assert.Contains("invalid resource type 'nope' in filter", refused.Request.Status.Message, StringComparison.Ordinal);
        Assert.False(refused.Request.Error.NonRetryable);
        await ServiceRig.StopAsync(connector);
        Assert.Empty(rig.Leftovers);

        async Task<(SyncType Type, long Users, long Organizations, int Grants)> UploadedAsync(PlatformTask task)
        {
            var end = await rig.EndOfAsync(task);
            Assert.True(end.Succeeded, end.ToString());
            using var file = C1zFile.OpenRead(Assert.Single(task.Uploads).Path, new() { TemporaryFolder = rig.Workspace.Root });
            var run = Assert.Single(file.Syncs.All());
            var rows = file.Read(run);
            return (run.Type, rows.CountResources("user"), rows.CountResources("org"), rows.Grants().Count());
        }
    }

    [Fact]
    public async Task Service_SkipFullSync_UploadsAnEmptySync()
    {
        await using var rig = await ServiceRig.StartAsync();
        var sync = rig.AddSync();
        var connector = rig.Run("--skip-full-sync");

        Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        await ServiceRig.StopAsync(connector);

        using var file = C1zFile.OpenRead(Assert.Single(sync.Uploads).Path, new() { TemporaryFolder = rig.Workspace.Root });
        Assert.Equal(0, file.Read(file.Syncs.LatestFinished()!).CountResources("user"));
    }

    [Fact]
    public async Task Service_SyncWithDebug_UploadsItsOwnLogToo()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_LOG_LEVEL"] = "error";
        var quiet = rig.AddSync(sync => sync.SkipGrants = true);
        var debugged = rig.Add(new ServiceTask { SyncFull = new(), Debug = true });
        var connector = rig.Run();

        Assert.True((await rig.EndOfAsync(quiet)).Succeeded);
        Assert.True((await rig.EndOfAsync(debugged)).Succeeded);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.Single(quiet.Uploads);
        Assert.Equal([UploadKind.C1z, UploadKind.DebugLog], debugged.Uploads.Select(upload => upload.Kind));
        var log = await File.ReadAllTextAsync(debugged.Uploads[1].Path, Cancellation);
        Assert.Contains("\"level\":\"debug\"", log, StringComparison.Ordinal);
        Assert.Contains(debugged.Id, log, StringComparison.Ordinal);
        Assert.DoesNotContain(quiet.Id, log, StringComparison.Ordinal);
        Assert.DoesNotContain(Workspace.Password, log, StringComparison.Ordinal);
        Assert.DoesNotContain("\"level\":\"debug\"", ended.Error, StringComparison.Ordinal);
        Assert.Empty(rig.Leftovers);
    }

    [Fact]
    public async Task Service_WrongGrafanaPassword_FailsTheSyncAndStays()
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Workspace.Variables["BATON_PASSWORD"] = "wrong";
        var sync = rig.AddSync();
        var connector = rig.Run();

        var end = await rig.EndOfAsync(sync);
        var polls = rig.Platform.Calls.Count(CallKind.GetTask);
        await rig.Platform.WaitForCallAsync(CallKind.GetTask, polls + 1, Cancellation);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.Equal(16, end.Request!.Status.Code);
        Assert.False(end.Request.Error.NonRetryable);
        Assert.Equal(1, rig.Grafana.Requests.Lines.Count(line => line.Contains("/api/user", StringComparison.Ordinal)));
        Assert.Equal(0, ended.ExitCode);
        Assert.Empty(rig.Leftovers);
    }

    [Fact]
    public async Task Service_ThreeSlowSyncs_RunAtOnceAndNoMoreIsAskedFor()
    {
        await using var rig = await ServiceRig.StartAsync();
        var connector = rig.Run();

        // Nothing runs at once before it is known that the password is good.
        Assert.True((await rig.EndOfAsync(rig.AddSync())).Succeeded);
        var waiting = 0;
        var all = new TaskCompletionSource();
        rig.Grafana.Faults.On("GET", "^/api/user$").RunAsync(async (_, token) =>
        {
            if (Interlocked.Increment(ref waiting) == 3)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(token);
        });
        var syncs = new[] { rig.AddSync(sync => sync.SyncResourceTypeIds.Add("org")), rig.AddSync(), rig.AddSync(), rig.AddSync() };

        foreach (var sync in syncs)
        {
            Assert.True((await rig.EndOfAsync(sync)).Succeeded);
        }

        await ServiceRig.StopAsync(connector);
        // A sync asks who it is once or twice: at its start, and where its own memberships are compared.
        Assert.InRange(waiting, syncs.Length, 2 * syncs.Length);
    }

    private static T Unpack<T>(TaskEnd end)
        where T : class, IMessage<T>, new()
    {
        Assert.True(end.Succeeded, end.ToString());
        return end.Request!.Success.Annotations.Single(annotation => annotation.Is(new T().Descriptor)).Unpack<T>();
    }
}
