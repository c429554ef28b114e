using Baton.Documentation.Tests.Pages;

namespace Baton.Documentation.Tests.Commands;

/// <summary>
/// The files that a reader of most pages has already: <c>sync.c1z</c> with two syncs, between which a role changed; <c>old.c1z</c> and
/// <c>new.c1z</c> with one of them each.
/// </summary>
public sealed class EarlierFiles : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-docs-earlier-");

    public string Folder => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        await using var walk = await Walk.StartAsync(prepared: null);
        await walk.RunAsync(Block("baton-grafana --file sync.c1z\ncp sync.c1z old.c1z"));
        walk.ChangeGrafana();
        await walk.RunAsync(Block("baton-grafana --file sync.c1z\nbaton-grafana --file new.c1z"));
        foreach (var file in Directory.EnumerateFiles(walk.Folder))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static CodeBlock Block(string text) => new("sh", "", text, nameof(EarlierFiles));
}
