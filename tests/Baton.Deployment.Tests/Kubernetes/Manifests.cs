using k8s;
using k8s.Models;

namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>Manifests as the types of the Kubernetes API. A field that the API does not have is an error.</summary>
internal sealed class Manifests
{
    private readonly IReadOnlyList<object> _all;

    private Manifests(IReadOnlyList<object> all) => _all = all;

    public V1Deployment Deployment => Only<V1Deployment>();

    public V1PodTemplateSpec Template => Deployment.Spec.Template;

    public V1Container Container => Assert.Single(Template.Spec.Containers);

    public V1NetworkPolicy NetworkPolicy => Only<V1NetworkPolicy>();

    public V1PodDisruptionBudget DisruptionBudget => Only<V1PodDisruptionBudget>();

    public V1Secret Secret => Only<V1Secret>();

    public IEnumerable<string> Kinds => _all.Cast<IKubernetesObject>().Select(each => each.Kind);

    /// <summary>The variables of the container by name, those of its own.</summary>
    public IReadOnlyDictionary<string, V1EnvVar> Variables => Container.Env.ToDictionary(variable => variable.Name, StringComparer.Ordinal);

    public static Manifests Read(params IEnumerable<string> texts)
        => new([.. texts.SelectMany(text => KubernetesYaml.LoadAllFromString(text, typeMap: null, strict: true))]);

    public static Manifests ReadFiles(params IEnumerable<string> paths) => Read(paths.Select(File.ReadAllText));

    private T Only<T>() => Assert.Single(_all.OfType<T>());
}
