using Baton.C1z;
using Baton.C1z.Syncs;
using Baton.C1z.Writing;
using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using ResourceStatus = Baton.Protocol.Connector.V2.Status.Types.ResourceStatus;

namespace Baton.Evidence.Tests.Files;

/// <summary>Reads the books of files, and makes accounts with all that a review looks at. The sync is of 2026-11-23.</summary>
internal static class Books
{
    public static DateTimeOffset Synced { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static AccessBook OfFixture(string name, EvidenceOptions? options = null) => OfFile(Fixtures.PathOf(name), options);

    public static AccessBook OfFile(string path, EvidenceOptions? options = null)
    {
        using var file = C1zFile.OpenRead(path);
        return AccessBook.Read(file.Read(file.Syncs.LatestFinished(SyncType.Full)!), options ?? new(), CancellationToken.None);
    }

    public static AccessBook Of(EvidenceOptions options, Action<SyncWriter> write)
    {
        using var file = TemporaryFile.Of(write);
        return OfFile(file.Path, options);
    }

    /// <summary>The accounts alone, without any access.</summary>
    public static Principal OfAccount(Resource resource, EvidenceOptions? options = null)
        => Of(options ?? new(), sync =>
        {
            sync.Put([Types.User]);
            sync.Put([resource]);
        }).Accounts.Single();

    public static Resource Person(string id, PersonFacts? facts = null)
    {
        facts ??= new();
        var person = TemporaryFile.User(id, facts.Login ?? $"user{id}");
        var trait = new UserTrait { AccountType = facts.Type, Login = facts.Login ?? $"user{id}" };
        if (facts.Email is { } email)
        {
            trait.Emails.Add(new UserTrait.Types.Email { Address = email, IsPrimary = true });
        }

        if (facts.LastSeen is { } seen)
        {
            trait.LastLogin = seen.ToTimestamp();
        }

        if (facts.Created is { } created)
        {
            person.CreatedAt = created.ToTimestamp();
        }

        if (facts.Status != ResourceStatus.Unspecified)
        {
            person.Status = new Protocol.Connector.V2.Status { Status_ = facts.Status };
        }

        person.Profile = Struct.Parser.ParseJson(facts.Profile);
        person.Annotations.Add(Any.Pack(trait));
        return person;
    }
}

internal sealed record PersonFacts
{
    public string? Login { get; init; }

    public string? Email { get; init; } = "person@example.com";

    public UserTrait.Types.AccountType Type { get; init; } = UserTrait.Types.AccountType.Human;

    public DateTimeOffset? LastSeen { get; init; } = Books.Synced.AddDays(-1);

    public DateTimeOffset? Created { get; init; } = Books.Synced.AddYears(-2);

    public ResourceStatus Status { get; init; } = ResourceStatus.Enabled;

    public string Profile { get; init; } = "{}";
}

internal static class Types
{
    public static ResourceType User { get; } = new() { Id = "user", DisplayName = "User", Traits = { ResourceType.Types.Trait.User } };

    public static ResourceType Org { get; } = new() { Id = "org", DisplayName = "Organization" };

    public static ResourceType Team { get; } = new() { Id = "team", DisplayName = "Team", Traits = { ResourceType.Types.Trait.Group } };
}
