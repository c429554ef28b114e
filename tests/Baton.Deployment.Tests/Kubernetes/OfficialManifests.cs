namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>
/// Manifests by the facts of the published guide of the upstream connector: what many clusters have, and may give our image to. Two values
/// in it are truths where the API wants texts, so that a cluster refuses them to the letter.
/// </summary>
internal static class OfficialManifests
{
    public const string Deployment = "baton-grafana.yaml";

    /// <summary>With the quotation marks that docs/deploy/kubernetes.md says to add.</summary>
    public static Manifests Read(string kind) => Manifests.Read(new[] { Deployment, Secret(kind) }.Select(name => Quoted(Text(name))));

    public static string Secret(string kind) => $"secret-{kind}.yaml";

    /// <summary>To the letter.</summary>
    public static string Text(string name) => File.ReadAllText(Of(name));

    private static string Quoted(string text)
        => text.Replace("baton: true", "baton: \"true\"", StringComparison.Ordinal).Replace("BATON_PROVISIONING: true", "BATON_PROVISIONING: \"true\"", StringComparison.Ordinal);

    private static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Kubernetes", "Official", name);
}
