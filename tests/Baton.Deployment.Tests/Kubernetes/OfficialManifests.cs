namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>Manifests by the facts of the published guide of the upstream connector: what many clusters have, and may give our image to.</summary>
internal static class OfficialManifests
{
    public static Manifests Read(string kind) => Manifests.ReadFiles(Of("baton-grafana.yaml"), Of($"secret-{kind}.yaml"));

    private static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Kubernetes", "Official", name);
}
