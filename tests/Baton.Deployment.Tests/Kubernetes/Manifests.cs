using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>
/// Manifests as the types of the Kubernetes API. A field that the API does not have is an error, and so is a value of another type than the
/// field's: what decodes them has types, and takes no truth for a text.
/// </summary>
internal sealed class Manifests
{
    private readonly IReadOnlyList<object> _all;

    private Manifests(IReadOnlyList<object> all) => _all = all;

    public V1Deployment Deployment => Only<V1Deployment>();

    public V1CronJob CronJob => Only<V1CronJob>();

    public V1PersistentVolumeClaim Claim => Only<V1PersistentVolumeClaim>();

    /// <summary>That of the deployment, or of the job where there is none.</summary>
    public V1PodTemplateSpec Template => _all.OfType<V1Deployment>().SingleOrDefault()?.Spec.Template ?? CronJob.Spec.JobTemplate.Spec.Template;

    public V1Container Container => Assert.Single(Template.Spec.Containers);

    public V1NetworkPolicy NetworkPolicy => Only<V1NetworkPolicy>();

    public V1PodDisruptionBudget DisruptionBudget => Only<V1PodDisruptionBudget>();

    public V1Secret Secret => Only<V1Secret>();

    public IEnumerable<string> Kinds => _all.Cast<IKubernetesObject>().Select(each => each.Kind);

    /// <summary>The variables of the container by name, those of its own.</summary>
    public IReadOnlyDictionary<string, V1EnvVar> Variables => Container.Env.ToDictionary(variable => variable.Name, StringComparer.Ordinal);

    /// <exception cref="JsonException">A value is of the wrong type; the message has its path.</exception>
    public static Manifests Read(params IEnumerable<string> texts)
    {
        var all = new List<object>();
        foreach (var text in texts)
        {
            // This one knows which fields there are, but turns every scalar into what the field wants.
            KubernetesYaml.LoadAllFromString(text, typeMap: null, strict: true);
            all.AddRange(TypedYaml.ReadAll(text).Select(Decode));
        }

        return new(all);
    }

    public static Manifests ReadFiles(params IEnumerable<string> paths) => Read(paths.Select(File.ReadAllText));

    private static object Decode(JsonNode document) => (string?)document["kind"] switch
    {
        "Deployment" => KubernetesJson.Deserialize<V1Deployment>(document.ToJsonString()),
        "CronJob" => KubernetesJson.Deserialize<V1CronJob>(document.ToJsonString()),
        "Secret" => KubernetesJson.Deserialize<V1Secret>(document.ToJsonString()),
        "NetworkPolicy" => KubernetesJson.Deserialize<V1NetworkPolicy>(document.ToJsonString()),
        "PodDisruptionBudget" => KubernetesJson.Deserialize<V1PodDisruptionBudget>(document.ToJsonString()),
        "PersistentVolumeClaim" => KubernetesJson.Deserialize<V1PersistentVolumeClaim>(document.ToJsonString()),
        var kind => throw new NotSupportedException($"No type is known for manifests of the kind {kind}."),
    };

    private T Only<T>() => Assert.Single(_all.OfType<T>());
}
