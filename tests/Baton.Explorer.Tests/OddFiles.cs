using Baton.Evidence.Tests.Files;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Explorer.Tests;

/// <summary>Files that no connector should write, and that come nevertheless.</summary>
internal static class OddFiles
{
    public static string LongWord { get; } = string.Concat(Enumerable.Repeat("Donaudampfschifffahrtsgesellschaft", 6))[..200];

    /// <summary>Not one resource.</summary>
    public static TemporaryFile Empty() => TemporaryFile.Of(_ => { });

    /// <summary>Names of every kind that breaks pages: long, foreign, invisible, markup, none at all; and types without a trait.</summary>
    public static TemporaryFile Names() => TemporaryFile.Of(sync =>
    {
        sync.Put([
            new ResourceType { Id = "user", DisplayName = "User", Traits = { ResourceType.Types.Trait.User } },
            new ResourceType { Id = "thing", DisplayName = LongWord },
            new ResourceType { Id = "plain" },
        ]);
        string[] names =
        [
            LongWord, "山田太郎（東京本社・情報システム部・アクセス管理担当）", "👩‍💻 Zoë Ünïcode 🇩🇪", "محمد عبد الله", "שלום 123 abc", "line\nbreak\ttab",
            "\u001b[31mred\u001b[0m", "<script>alert(1)</script>", "", " ", "=1+1", "a\u202eb", "\u200b", "\u007f\u0085",
        ];
        var users = names.Select((name, i) => User($"{i}", name)).ToList();
        var things = names.Select((name, i) => TemporaryFile.Resource("thing", $"{i}", name)).ToList();
        var plain = TemporaryFile.Resource("plain", LongWord, LongWord);
        plain.Description = LongWord;
        sync.Put(users);
        sync.Put(things);
        sync.Put([plain]);
        var roles = things.Select((thing, i) => TemporaryFile.Entitlement(thing, names[i])).ToList();
        roles.Add(TemporaryFile.Entitlement(plain, $"{LongWord} admin"));
        sync.Put(roles);
        sync.Put([
            .. roles.SelectMany((role, i) => users.Where((_, j) => j <= i % 5).Select(user => TemporaryFile.Grant(role, user))),
            .. roles.Select(role => TemporaryFile.Grant(role, users[0])).Skip(1),
            TemporaryFile.Grant(roles[0], TemporaryFile.User("nobody")),
            TemporaryFile.Grant(TemporaryFile.Entitlement(TemporaryFile.Resource("gone", LongWord, ""), "Ghost"), users[1]),
        ]);
    });

    private static Resource User(string id, string name)
    {
        var user = TemporaryFile.User(id, name);
        user.Profile = new Struct { Fields = { ["login"] = Value.ForString(name), [LongWord] = Value.ForString(LongWord), [""] = Value.ForString("no name") } };
        user.Annotations.Add(Any.Pack(new UserTrait { Login = name, Emails = { new UserTrait.Types.Email { Address = $"{name}@example.com", IsPrimary = true } } }));
        return user;
    }
}
