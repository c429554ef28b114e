using System.Text.Json;
using Baton.C1z;
using Baton.EndToEnd.Tests;
using Baton.EndToEnd.Tests.Service;
using Baton.Testing.ControlPlane.Calls;
using Baton.Testing.Grafana;

namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>The connector with just the variables of an official manifest, on sockets, as a process of its own.</summary>
public sealed class OfficialManifestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OfficialManifests.Deployment, "$.spec.template.metadata.labels.baton")]
    [InlineData("secret-self-hosted.yaml", "$.stringData.BATON_PROVISIONING")]
    [InlineData("secret-grafana-cloud.yaml", "$.stringData.BATON_PROVISIONING")]
    public void Manifest_ToTheLetter_IsRefusedForATruthThatShouldBeAText(string name, string path)
    {
        var text = OfficialManifests.Text(name);

        var refusal = Assert.Throws<JsonException>(() => Manifests.Read(text));

        Assert.Equal(path, refusal.Path);
        Assert.Contains("System.String", refusal.Message, StringComparison.Ordinal);

        // Nothing else is wrong with it.
        Manifests.Read(text.Replace(": true", ": \"true\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("self-hosted", 3)]
    [InlineData("grafana-cloud", 1)]
    public async Task Manifest_WithTheTwoQuotationMarks_SyncsAndProvisions(string kind, int organizations)
    {
        await using var rig = await ServiceRig.StartAsync();
        rig.Grafana.Populate(users: 20, organizations: 3);
        var ada = rig.Grafana.AddUser("ada");
        rig.Grafana.AddMember(1, ada, GrafanaRole.Viewer);
        var actual = new Dictionary<string, string>(rig.Platform.Environment, StringComparer.Ordinal)
        {
            ["BATON_HOSTNAME"] = rig.Grafana.BaseAddress.ToString(),
            ["BATON_USERNAME"] = "admin",
            ["BATON_PASSWORD"] = Workspace.Password,
            ["BATON_API_TOKEN"] = rig.Grafana.AddServiceAccountToken(1, GrafanaRole.Admin, name: "governance"),
        };
        rig.Workspace.Variables.Clear();

        // What a test needs besides: where the platform is, and whom to trust.
        foreach (var name in new[] { "BATON_C1_API_HOST", "SSL_CERT_FILE" })
        {
            rig.Workspace.Variables[name] = actual[name];
        }

        var manifests = OfficialManifests.Read(kind);
        foreach (var (name, placeholder) in manifests.Secret.StringData)
        {
            rig.Workspace.Variables[name] = placeholder.StartsWith('<') ? actual[name] : placeholder;
        }

        foreach (var variable in manifests.Container.Env)
        {
            rig.Workspace.Variables[variable.Name] = variable.Value;
        }

        var sync = rig.AddSync();
        var grant = rig.AddGrant(1, "Editor", ada);
        var connector = rig.Run();

        var end = await rig.EndOfAsync(sync);
        var granted = await rig.EndOfAsync(grant);
        var ended = await ServiceRig.StopAsync(connector);

        Assert.True(end.Succeeded, end.ToString());
        Assert.True(granted.Succeeded, granted.ToString());
        Assert.Equal(GrafanaRole.Editor, rig.Grafana.RoleOf(1, ada));
        Assert.Equal(0, ended.ExitCode);
        rig.SaidNoSecret(ended);
        using var file = C1zFile.OpenRead(Assert.Single(sync.Uploads).Path, new() { TemporaryFolder = rig.Workspace.Root });
        Assert.Equal(organizations, file.Read(file.Syncs.LatestFinished()!).CountResources("org"));
        var hello = (Baton.Protocol.ConnectorApi.V1.BatonServiceHelloRequest)(await rig.Platform.WaitForCallAsync(CallKind.Hello, 1, Cancellation)).Request!;
        Assert.Equal("baton-grafana", hello.HostId);
    }
}
