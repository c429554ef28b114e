using k8s.Models;

namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>The two ways to run it in a cluster, as they come out of the renderer.</summary>
public sealed class OverlayTests
{
    private const string Label = "app";
    private const string Name = "baton-grafana";
    private const string SecretName = "baton-grafana-secrets";

    public static TheoryData<string> Overlays() => ["self-hosted", "grafana-cloud"];

    public static TheoryData<string> Files()
        => [.. Directory.EnumerateFiles(Repository.PathOf("deploy", "kubernetes"), "*.yaml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Rendered_IsADeploymentAndItsNetwork(string overlay)
    {
        var manifests = await Kubectl.RenderAsync(overlay);

        Assert.Equal(["Deployment", "NetworkPolicy"], manifests.Kinds);
        Assert.Equal(Name, manifests.Deployment.Metadata.Name);
        Assert.Equal(1, manifests.Deployment.Spec.Replicas);
        Assert.Equal("Recreate", manifests.Deployment.Spec.Strategy.Type);
        Assert.Equal(new Dictionary<string, string> { [Label] = Name }, manifests.Deployment.Spec.Selector.MatchLabels);
        Assert.Equal(Version(), manifests.Container.Image.Split(':')[1]);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Pod_MeetsTheRestrictedStandard(string overlay)
    {
        var manifests = await Kubectl.RenderAsync(overlay);
        var (pod, container) = (manifests.Template.Spec, manifests.Container);

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.Null(pod.HostNetwork);
        Assert.Null(pod.HostPID);
        Assert.Null(pod.HostIPC);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Null(container.SecurityContext.Capabilities.Add);
        Assert.Null(container.SecurityContext.Privileged);
        Assert.All(pod.Volumes, volume => Assert.True(volume.EmptyDir is not null || volume.Secret is not null, volume.Name));

        // Beyond the standard.
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(pod.AutomountServiceAccountToken);

        // Clusters that give each namespace numbers of its own refuse a pod that insists on another one.
        Assert.Null(pod.SecurityContext.RunAsUser);
        Assert.Null(container.SecurityContext.RunAsUser);
        Assert.Null(pod.SecurityContext.FsGroup);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Container_HasAPlaceToWriteAndBounds(string overlay)
    {
        var manifests = await Kubectl.RenderAsync(overlay);
        var container = manifests.Container;

        var mount = Assert.Single(container.VolumeMounts);
        Assert.Equal("/tmp", mount.MountPath);
        Assert.Equal("1Gi", Assert.Single(manifests.Template.Spec.Volumes, volume => volume.Name == mount.Name).EmptyDir.SizeLimit.ToString());
        Assert.Equal("64Mi", container.Resources.Requests["memory"].ToString());
        Assert.Equal("256Mi", container.Resources.Limits["memory"].ToString());
        Assert.False(container.Resources.Limits.ContainsKey("cpu"));

        // What --shutdown-timeout gives to tasks, and the telemetry after it.
        Assert.True(manifests.Template.Spec.TerminationGracePeriodSeconds > 25 + 5);
        Assert.Null(container.Command);
        Assert.Null(container.Args);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Probes_AskWhatTheHealthServerAnswers(string overlay)
    {
        var manifests = await Kubectl.RenderAsync(overlay);
        var container = manifests.Container;

        Assert.Equal("true", manifests.Variables["BATON_HEALTH_CHECK"].Value);
        Assert.Equal("0.0.0.0", manifests.Variables["BATON_HEALTH_CHECK_BIND_ADDRESS"].Value);
        Assert.False(manifests.Variables.ContainsKey("BATON_HEALTH_CHECK_PORT"));
        var port = Assert.Single(container.Ports);
        Assert.Equal(8081, port.ContainerPort);
        Assert.Equal(("/live", port.Name), Asked(container.StartupProbe));
        Assert.Equal(("/live", port.Name), Asked(container.LivenessProbe));
        Assert.Equal(("/ready", port.Name), Asked(container.ReadinessProbe));

        static (string Path, string Port) Asked(V1Probe probe) => (probe.HttpGet.Path, probe.HttpGet.Port.Value);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_Variables_AreKnownToTheConnectorAndNoneIsSecret(string overlay)
    {
        var manifests = await Kubectl.RenderAsync(overlay);

        KnownSettings.Has(manifests.Variables.Keys);
        Assert.DoesNotContain(manifests.Variables.Keys, KnownSettings.Secrets.Contains);
        Assert.Equal(Name, manifests.Variables["BATON_HOST_ID"].Value);
        Assert.Equal(SecretName, Assert.Single(manifests.Container.EnvFrom).SecretRef.Name);
        Assert.Equal(overlay == "grafana-cloud" ? "api-key-flow-group" : null, manifests.Variables.GetValueOrDefault("BATON_AUTH_METHOD")?.Value);
    }

    [Theory]
    [InlineData("self-hosted", new[] { 53, 443, 3000, 5353 })]
    [InlineData("grafana-cloud", new[] { 53, 443, 5353 })]
    public async Task Overlay_Network_LetsNobodyInAndOnlyWhatIsNeededOut(string overlay, int[] ports)
    {
        var policy = (await Kubectl.RenderAsync(overlay)).NetworkPolicy;

        Assert.Equal(new Dictionary<string, string> { [Label] = Name }, policy.Spec.PodSelector.MatchLabels);
        Assert.Equal(["Egress", "Ingress"], policy.Spec.PolicyTypes.Order(StringComparer.Ordinal));
        Assert.Empty(policy.Spec.Ingress ?? []);
        Assert.Equal(ports, policy.Spec.Egress.SelectMany(rule => rule.Ports).Select(port => int.Parse(port.Port.Value)).Distinct().Order());

        // A rule without ports would let out everything.
        Assert.All(policy.Spec.Egress, rule => Assert.NotEmpty(rule.Ports));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Overlay_ExampleOfItsSecret_HasTheOfficialKeys(string overlay)
    {
        var example = Manifests.ReadFiles(Repository.PathOf("deploy", "kubernetes", "overlays", overlay, "secret.example.yaml")).Secret;
        var official = OfficialManifests.Read(overlay).Secret;

        Assert.Equal(SecretName, example.Metadata.Name);
        Assert.Equal(official.StringData.Keys.Order(StringComparer.Ordinal), example.StringData.Keys.Order(StringComparer.Ordinal));
        KnownSettings.Has(example.StringData.Keys);

        // Who fills it in and does not read on lets nobody change anything.
        Assert.Equal("false", example.StringData["BATON_PROVISIONING"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_EveryReaderOfYaml_ReadsItAlike(string path) => Assert.Empty(TypedYaml.Ambiguities(File.ReadAllText(Repository.PathOf(path))));

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Overlay_ExampleOfItsSecret_QuotesEveryValue(string overlay)
    {
        // A password of digits, or one that begins with a bracket, is not a text without quotation marks.
        var lines = File.ReadLines(Repository.PathOf("deploy", "kubernetes", "overlays", overlay, "secret.example.yaml")).Where(line => line.StartsWith("  BATON_", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches("^  BATON_[A-Z_]+: \"[^\"]+\"$", line));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Overlay_BesideTheOfficialManifest_HasItsNamesLabelsAndVariables(string overlay)
    {
        var (ours, official) = (await Kubectl.RenderAsync(overlay), OfficialManifests.Read(overlay));

        Assert.Equal(official.Deployment.Metadata.Name, ours.Deployment.Metadata.Name);
        Assert.Equal(official.Deployment.Spec.Replicas, ours.Deployment.Spec.Replicas);
        Assert.Equal(official.Template.Metadata.Labels, ours.Template.Metadata.Labels);
        Assert.Equal(official.Deployment.Spec.Selector.MatchLabels, ours.Deployment.Spec.Selector.MatchLabels);
        Assert.Equal(official.Container.Name, ours.Container.Name);
        Assert.Equal(official.Container.EnvFrom.Select(source => source.SecretRef.Name), ours.Container.EnvFrom.Select(source => source.SecretRef.Name));
        Assert.All(official.Variables, variable => Assert.Equal(variable.Value.Value, ours.Variables[variable.Key].Value));
    }

    private static string Version()
    {
        var line = File.ReadLines(Repository.PathOf("Directory.Build.props")).First(line => line.Contains("<BatonVersion>", StringComparison.Ordinal));
        return line.Split('>')[1].Split('<')[0];
    }
}
