using System.Text.Json;
using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Sdk.Tests.Sync;

namespace Baton.Sdk.Tests.Hosting.OneShot;

/// <summary>A program whose connector changes things, with a file of an earlier sync.</summary>
internal sealed class OneShotRig : IDisposable
{
    public ScriptedProgram Program { get; } = new();

    public ScriptedGroups Groups { get; set; } = new();

    public ScriptedUsers Users { get; set; } = new();

    public IReadOnlyList<ICustomAction> Actions { get; set; } = [];

    public ConnectorMetadata Metadata { get; set; } = new() { DisplayName = "Scripted" };

    public Func<CancellationToken, Task> Validate { get; set; } = _ => Task.CompletedTask;

    public string File => Path.Combine(Program.Folder, "sync.c1z");

    /// <summary>The one line on standard output.</summary>
    public JsonElement Result => JsonDocument.Parse(Assert.Single(Program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;

    public string Outcome => Result.GetProperty("outcome").GetString()!;

    public string Summary => Result.GetProperty("summary").GetString()!;

    public string LastError => Program.ErrorLines[^1];

    public async Task SyncAsync()
    {
        Program.Create = (_, _) => Connector();
        Assert.Equal(0, await Program.RunAsync());
        Program.ClearStreams();
    }

    public Task<int> RunAsync(params string[] arguments)
    {
        Program.Create = (_, _) => Connector();
        return Program.RunAsync(arguments);
    }

    public Task<int> RunUntilAsync(CancellationToken interruption, params string[] arguments)
    {
        Program.Create = (_, _) => Connector();
        return Program.RunUntilAsync(interruption, arguments);
    }

    /// <summary>Adds a later sync to the file, finished if it is filled.</summary>
    public void Write(Action<SyncWriter>? fill)
    {
        Program.Time.Advance(TimeSpan.FromMinutes(1));
        using var file = C1zFile.OpenWrite(File, new() { Time = Program.Time });
        var writer = file.BeginSync(SyncType.Full);
        if (fill is not null)
        {
            fill(writer);
            writer.End();
        }

        file.Save();
    }

    public string[] Texts(string member) => [.. Result.GetProperty(member).EnumerateArray().Select(text => text.GetString()!)];

    public void Dispose() => Program.Dispose();

    private ScriptedConnector Connector() => new(Groups, Users) { Metadata = Metadata, Actions = Actions, Validate = cancellationToken => Validate(cancellationToken) };
}
