namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>What can be added to an overlay.</summary>
public sealed class ComponentTests
{
    [Fact]
    public async Task SecondReplica_Added_HasAHostIdOfItsOwnAndABudget()
    {
        var manifests = await Kubectl.RenderAsync("self-hosted", "second-replica");

        Assert.Equal(2, manifests.Deployment.Spec.Replicas);
        Assert.Null(manifests.Variables["BATON_HOST_ID"].Value);
        Assert.Equal("metadata.name", manifests.Variables["BATON_HOST_ID"].ValueFrom.FieldRef.FieldPath);

        // One of the two is always there; and never a third with them.
        Assert.Equal("RollingUpdate", manifests.Deployment.Spec.Strategy.Type);
        Assert.Equal("0", manifests.Deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value);
        Assert.Equal("1", manifests.Deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.Equal("1", manifests.DisruptionBudget.Spec.MaxUnavailable.Value);
        Assert.Equal(manifests.Deployment.Spec.Selector.MatchLabels, manifests.DisruptionBudget.Spec.Selector.MatchLabels);
        Assert.Equal(manifests.Deployment.Spec.Selector.MatchLabels, Assert.Single(manifests.Template.Spec.TopologySpreadConstraints).LabelSelector.MatchLabels);
    }

    [Theory]
    [InlineData("self-hosted", "BATON_PASSWORD")]
    [InlineData("grafana-cloud", "BATON_API_TOKEN")]
    public async Task SecretFiles_Added_LeaveNoSecretInTheEnvironment(string overlay, string secret)
    {
        var manifests = await Kubectl.RenderAsync(overlay, $"secret-files-{overlay}");

        Assert.Empty(manifests.Container.EnvFrom ?? []);
        Assert.DoesNotContain(manifests.Variables.Keys, KnownSettings.Secrets.Contains);
        var given = OfficialManifests.Read(overlay).Secret.StringData.Keys;
        Assert.Equal(
            given.Select(key => KnownSettings.Secrets.Contains(key) ? key + "_FILE" : key).Order(StringComparer.Ordinal),
            manifests.Variables.Keys.Except(["BATON_AUTH_METHOD", "BATON_HOST_ID", "BATON_HEALTH_CHECK", "BATON_HEALTH_CHECK_BIND_ADDRESS"]).Order(StringComparer.Ordinal));

        // The files that are named are those that are mounted.
        var mount = Assert.Single(manifests.Container.VolumeMounts, mount => mount.Name == "secrets");
        Assert.True(mount.ReadOnlyProperty);
        Assert.Null(mount.SubPath);
        var volume = Assert.Single(manifests.Template.Spec.Volumes, volume => volume.Name == mount.Name).Secret;
        Assert.Equal("baton-grafana-secrets", volume.SecretName);

        // Whatever the user, it is of the group that the files belong to; others cannot read them.
        Assert.NotNull(manifests.Template.Spec.SecurityContext.FsGroup);
        Assert.Equal((int)(UnixFileMode.UserRead | UnixFileMode.GroupRead), volume.DefaultMode);
        Assert.True(manifests.Template.Spec.SecurityContext.RunAsNonRoot);
        Assert.Equal(["BATON_CLIENT_SECRET", secret], volume.Items.Select(item => item.Key));
        foreach (var item in volume.Items)
        {
            Assert.Equal($"{mount.MountPath}/{item.Path}", manifests.Variables[item.Key + "_FILE"].Value);
        }
    }

    [Theory]
    [InlineData("BATON_CLIENT_SECRET_FILE")]
    [InlineData("BATON_PASSWORD_FILE")]
    [InlineData("BATON_API_TOKEN_FILE")]
    public void SecretFiles_Variables_AreKnownToTheConnector(string variable)
    {
        KnownSettings.Has([variable]);
    }

    [Fact]
    public async Task Telemetry_Added_GoesOutOverItsPort()
    {
        var manifests = await Kubectl.RenderAsync("grafana-cloud", "telemetry");

        var endpoint = new Uri(manifests.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"].Value);
        Assert.Contains(manifests.NetworkPolicy.Spec.Egress.SelectMany(rule => rule.Ports), port => port.Port.Value == $"{endpoint.Port}");

        // A variable is put into another one only if it stands before it.
        var order = manifests.Container.Env.Select(variable => variable.Name).ToList();
        Assert.True(order.IndexOf("POD_NAME") < order.IndexOf("OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Equal("service.instance.id=$(POD_NAME)", manifests.Variables["OTEL_RESOURCE_ATTRIBUTES"].Value);
    }

    [Fact]
    public async Task Components_AllTogether_FitTogether()
    {
        var manifests = await Kubectl.RenderAsync("self-hosted", "second-replica", "secret-files-self-hosted", "telemetry");

        Assert.Equal(["Deployment", "NetworkPolicy", "PodDisruptionBudget"], manifests.Kinds.Order(StringComparer.Ordinal));
        Assert.Equal(2, manifests.Deployment.Spec.Replicas);
        Assert.Equal(2, manifests.Template.Spec.Volumes.Count);
    }
}
