using Baton.C1z;
using Baton.C1z.Merging;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Tests.Sync;

namespace Baton.Sdk.Tests.Hosting.OneShot;

/// <summary>Files with syncs for the operations that work on files alone, and a program whose connector must not be made.</summary>
internal sealed class SyncFileRig : IDisposable
{
    public static readonly Resource Outer = Make.Group("outer");
    public static readonly Resource Inner = Make.Group("inner");
    public static readonly Entitlement OuterMember = Make.Entitlement(Outer, "member");
    public static readonly Entitlement InnerMember = Make.Entitlement(Inner, "member");

    public OneShotRig OneShot { get; } = new();

    public ScriptedProgram Program => OneShot.Program;

    /// <summary>Whoever is in the inner group is in the outer one.</summary>
    public static void PutNestedGroups(SyncWriter writer)
    {
        writer.Put([new ResourceType { Id = "group" }, new ResourceType { Id = "user" }]);
        writer.Put([Outer, Inner]);
        writer.Put([OuterMember, InnerMember]);
        writer.Put([Make.Grant(OuterMember, Inner, Make.Expandable(InnerMember.Id))]);
    }

    public static void PutMember(SyncWriter writer, string user)
    {
        writer.Put([Make.User(user)]);
        writer.Put([Make.Grant(InnerMember, Make.User(user))]);
    }

    /// <summary>Adds a sync to a file, a minute after the one before.</summary>
    public SyncSource Write(string name, SyncType type, Action<SyncWriter> fill, bool end = true)
    {
        Program.Time.Advance(TimeSpan.FromMinutes(1));
        using var file = C1zFile.OpenWrite(In(name), new() { Time = Program.Time });
        var writer = file.BeginSync(type);
        fill(writer);
        if (end)
        {
            writer.End();
        }

        file.Save();
        return new(name, writer.Run.Id);
    }

    public async Task<int> RunAsync(params string[] arguments)
    {
        Program.ClearStreams();
        Program.Create = (_, _) => throw new InvalidOperationException("no connector is needed");
        Program.Time.Advance(TimeSpan.FromMinutes(1));
        return await Program.RunAsync(arguments);
    }

    public Task<int> CompactAsync(string output, params SyncSource[] sources) => RunAsync(Words(output, sources));

    public static string[] Words(string output, params SyncSource[] sources) =>
    [
        "--compact-syncs",
        "--compact-file-paths", string.Join(',', sources.Select(source => source.Path)),
        "--compact-sync-ids", string.Join(',', sources.Select(source => source.SyncId)),
        "--compact-output-path", output,
    ];

    public Task<int> DiffAsync(string name, string from, string to, params string[] more)
        => RunAsync(["--file", name, "--diff-syncs", "--base-sync-id", from, "--applied-sync-id", to, .. more]);

    /// <summary>The sync that the last operation made.</summary>
    public string MadeSync => OneShot.Result.GetProperty("response").GetProperty("sync_id").GetString()!;

    public T Read<T>(string name, string syncId, Func<SyncReader, T> read)
    {
        using var file = C1zFile.OpenRead(In(name));
        return read(file.Read(file.Syncs.Find(syncId)!));
    }

    /// <summary>Everything that a sync holds, in the order of the ids.</summary>
    public string Contents(string name, string syncId) => Read(name, syncId, reader => string.Join('\n',
    [
        .. reader.ResourceTypes().Select(type => $"{type}").Order(StringComparer.Ordinal),
        .. reader.Resources().Select(resource => $"{resource}").Order(StringComparer.Ordinal),
        .. reader.Entitlements().Select(entitlement => $"{entitlement}").Order(StringComparer.Ordinal),
        .. reader.GrantsWithExpansion().Select(row => $"{row.Grant} {row.Expansion}").Order(StringComparer.Ordinal),
    ]));

    public string In(string name) => Path.Combine(Program.Folder, name);

    public string[] Files() => [.. Directory.EnumerateFileSystemEntries(Program.Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => OneShot.Dispose();
}
