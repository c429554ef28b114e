namespace Baton.Deployment.Tests.Kubernetes;

/// <summary>Renders manifests as somebody does who applies them.</summary>
internal static class Kubectl
{
    private static readonly Tool Program = new("kubectl");

    public static async Task<Manifests> RenderAsync(string overlay, params string[] components)
    {
        if (components.Length == 0)
        {
            return Manifests.Read(await Program.RunAsync("kustomize", Repository.PathOf("deploy", "kubernetes", "overlays", overlay)));
        }

        // Paths in a kustomization are relative to it.
        var folder = Directory.CreateTempSubdirectory("baton-kustomize-");
        try
        {
            var root = Path.GetRelativePath(folder.FullName, Repository.PathOf("deploy", "kubernetes"));
            var text = $"""
                resources:
                  - {root}/overlays/{overlay}
                components:
                {string.Join('\n', components.Select(component => $"  - {root}/components/{component}"))}
                """;
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "kustomization.yaml"), text, TestContext.Current.CancellationToken);
            return Manifests.Read(await Program.RunAsync("kustomize", folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
