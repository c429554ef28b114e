using Baton.C1z;
using Baton.EndToEnd.Tests;
using Baton.Testing.Grafana;

namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>The two ways to run it in a cluster without a platform.</summary>
public sealed class ScheduledTests
{
    public static TheoryData<string> Overlays() => ["self-hosted", "grafana-cloud"];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Rendered_IsAJobItsVolumeAndItsNetwork(string overlay)
    {
        var manifests = await Kubectl.RenderAsync($"scheduled-{overlay}");
        var job = manifests.CronJob.Spec;
        var labels = manifests.Template.Metadata.Labels;

        Assert.Equal(["CronJob", "NetworkPolicy", "PersistentVolumeClaim"], manifests.Kinds.Order(StringComparer.Ordinal));
        Assert.Equal("Forbid", job.ConcurrencyPolicy);
        Assert.Matches("^[0-9]+ [0-9]+ \\* \\* \\*$", job.Schedule);
        Assert.Equal(labels, manifests.NetworkPolicy.Spec.PodSelector.MatchLabels);
        Assert.Equal(overlay == "self-hosted" ? [53, 443, 3000, 5353] : new[] { 53, 443, 5353 }, manifests.NetworkPolicy.Spec.Egress.SelectMany(rule => rule.Ports).Select(port => int.Parse(port.Port.Value)).Distinct().Order());

        // What somebody has to mend is not tried again; a policy for failures takes no other way to start anew.
        Assert.Equal([2, 7, 16], Assert.Single(job.JobTemplate.Spec.PodFailurePolicy.Rules).OnExitCodes.Values.Select(code => code));
        Assert.Equal("Never", manifests.Template.Spec.RestartPolicy);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Pod_MeetsTheRestrictedStandardAndKeepsItsFile(string overlay)
    {
        var manifests = await Kubectl.RenderAsync($"scheduled-{overlay}");
        var (pod, container) = (manifests.Template.Spec, manifests.Container);

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.Null(pod.SecurityContext.RunAsUser);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);

        // The file lies on the claim, and whoever runs it is of a group that may write there.
        var file = manifests.Variables["BATON_FILE"].Value;
        var mount = Assert.Single(container.VolumeMounts, mount => file.StartsWith(mount.MountPath + "/", StringComparison.Ordinal));
        Assert.Equal(manifests.Claim.Metadata.Name, Assert.Single(pod.Volumes, volume => volume.Name == mount.Name).PersistentVolumeClaim.ClaimName);
        Assert.NotNull(pod.SecurityContext.FsGroup);
        Assert.Contains(container.VolumeMounts, mount => mount.MountPath == "/tmp");
        KnownSettings.Has(manifests.Variables.Keys);
    }

    [Theory]
    [InlineData("self-hosted", 3)]
    [InlineData("grafana-cloud", 1)]
    public async Task Overlay_ItsVariablesAndTheExamplesSecret_WriteTheFile(string overlay, int organizations)
    {
        await using var grafana = await FakeGrafana.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        grafana.Populate(users: 20, organizations: 3);
        using var workspace = new Workspace();
        var manifests = await Kubectl.RenderAsync($"scheduled-{overlay}");
        var secret = Manifests.ReadFiles(Repository.PathOf("deploy", "kubernetes", "overlays", $"scheduled-{overlay}", "secret.example.yaml")).Secret;
        Assert.Equal(Assert.Single(manifests.Container.EnvFrom).SecretRef.Name, secret.Metadata.Name);
        var actual = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BATON_HOSTNAME"] = grafana.BaseAddress.ToString(),
            ["BATON_USERNAME"] = "admin",
            ["BATON_PASSWORD"] = "admin",
            ["BATON_API_TOKEN"] = grafana.AddServiceAccountToken(1),
            ["BATON_FILE"] = workspace.File,
        };
        foreach (var name in manifests.Variables.Keys.Concat(secret.StringData.Keys))
        {
            workspace.Variables[name] = actual[name];
        }

        var ended = await Connector.RunAsync(workspace);

        Assert.True(ended.ExitCode == 0, ended.Error);
        using var file = C1zFile.OpenRead(workspace.File, new() { TemporaryFolder = workspace.Root });
        Assert.Equal(organizations, file.Read(file.Syncs.LatestFinished()!).CountResources("org"));
    }
}
