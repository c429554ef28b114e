using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Evidence.Tests.Files;

/// <summary>A .c1z file made for one test. Each sync starts an hour after the one before.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public string Path => System.IO.Path.Combine(_folder.Path, "test.c1z");

    public static Resource User(string id, string? name = null) => Resource("user", id, name ?? $"user {id}");

    public static Resource Resource(string type, string id, string name)
        => new() { Id = new() { ResourceType = type, Resource = id }, DisplayName = name };

    public static Entitlement Entitlement(Resource resource, string slug) => new()
    {
        Id = $"{resource.Id.ResourceType}:{resource.Id.Resource}:{slug}",
        Resource = resource,
        Slug = slug,
        DisplayName = slug,
    };

    public static Grant Grant(Entitlement entitlement, Resource principal) => new()
    {
        Id = $"{entitlement.Id}:{principal.Id.ResourceType}:{principal.Id.Resource}",
        Entitlement = new() { Id = entitlement.Id, Resource = entitlement.Resource },
        Principal = new() { Id = principal.Id },
    };

    public static TemporaryFile WithoutSyncs()
    {
        var file = new TemporaryFile();
        using var empty = file.Open();
        empty.Save();
        return file;
    }

    /// <summary>A file that holds one finished full sync.</summary>
    public static TemporaryFile Of(Action<SyncWriter> write)
    {
        var file = new TemporaryFile();
        file.AddSync(SyncType.Full, write);
        return file;
    }

    /// <summary>Grants of three entitlements each on 50 groups, to users who have names, addresses and profiles.</summary>
    public static TemporaryFile WithGrants(int users, int grants) => Of(sync =>
    {
        sync.Put([new ResourceType { Id = "user", Traits = { ResourceType.Types.Trait.User } }, new ResourceType { Id = "group" }]);
        var groups = Enumerable.Range(0, 50).Select(i => Resource("group", $"{i}", $"group {i}")).ToList();
        var entitlements = groups.SelectMany(group => new[] { "reader", "writer", "owner" }.Select(slug => Entitlement(group, slug))).ToList();
        sync.Put(groups);
        sync.Put(Enumerable.Range(0, users).Select(Person).ToList());
        sync.Put(entitlements);
        var made = Enumerable.Range(0, grants).Select(i => Grant(entitlements[i % entitlements.Count], User($"{i / entitlements.Count * 7 % users}")));
        foreach (var page in made.Chunk(1000))
        {
            sync.Put(page);
        }
    });

    /// <summary>Appends a sync and returns its id.</summary>
    public string AddSync(SyncType type, Action<SyncWriter> write, bool finish = true)
    {
        _time.Advance(TimeSpan.FromHours(1));
        using var file = Open();
        var sync = file.BeginSync(type);
        write(sync);
        if (finish)
        {
            sync.End();
        }

        file.Save();
        return sync.Run.Id;
    }

    public void Dispose() => _folder.Dispose();

    private C1zFile Open() => C1zFile.OpenWrite(Path, new C1zOptions { Time = _time, TemporaryFolder = _folder.Path });

    private static Resource Person(int i)
    {
        var person = User($"{i}", $"person {i}");
        person.Profile = Struct.Parser.ParseJson($$"""{"login": "person{{i}}", "user_id": {{i}}}""");
        person.Annotations.Add(Any.Pack(new UserTrait { Emails = { new UserTrait.Types.Email { Address = $"person{i}@example.com", IsPrimary = true } } }));
        return person;
    }
}
