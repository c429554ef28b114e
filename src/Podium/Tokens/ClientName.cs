using System.Security.Cryptography;

namespace Podium.Tokens;

/// <summary>Names of clients: two words and a number, so that people can tell them apart when they read them to each other.</summary>
internal static class ClientName
{
    private static readonly string[] Manners =
    [
        "able", "amber", "apt", "azure", "bold", "brave", "breezy", "bright", "brisk", "calm", "candid", "cheery", "clear", "clever", "coral", "cosy",
        "crisp", "daring", "deft", "eager", "early", "fair", "fleet", "fond", "frank", "fresh", "gentle", "glad", "golden", "grand", "green", "happy",
        "hardy", "honest", "humble", "ivory", "jolly", "keen", "kind", "lively", "loyal", "lucid", "mellow", "merry", "mild", "modest", "neat", "noble",
        "patient", "plucky", "polite", "prime", "proud", "quick", "quiet", "ready", "silver", "smooth", "steady", "sunny", "swift", "tidy", "warm", "wise",
    ];

    private static readonly string[] Animals =
    [
        "badger", "beaver", "bison", "bunting", "camel", "cicada", "condor", "cricket", "crane", "curlew", "dolphin", "dormouse", "dove", "egret", "falcon",
        "ferret", "finch", "gazelle", "gecko", "gibbon", "goose", "grouse", "hare", "heron", "ibex", "ibis", "jackdaw", "jay", "kestrel", "kiwi", "lapwing",
        "lark", "lemur", "linnet", "lynx", "magpie", "marmot", "marten", "merlin", "mole", "moose", "newt", "osprey", "otter", "owl", "panda", "petrel",
        "pigeon", "plover", "puffin", "quail", "raven", "robin", "salmon", "seal", "shrew", "sparrow", "stoat", "stork", "swallow", "tapir", "tern", "vole",
        "wren",
    ];

    public static string New()
        => $"{Manners[RandomNumberGenerator.GetInt32(Manners.Length)]}-{Animals[RandomNumberGenerator.GetInt32(Animals.Length)]}-{RandomNumberGenerator.GetInt32(10_000, 100_000)}";
}
