namespace Baton.Protocol.Tests;

/// <summary>Holds our .proto files against the contract, fact by fact and in both directions.</summary>
public sealed class ContractTests
{
    // Declared by gRPC rather than by the original implementation: WireFormatTests looks at it.
    private const string NotOfTheContract = "google.rpc";

    private static readonly Contract Contract = Contract.Load();

    private static readonly string[] Declared =
        [.. Declarations.Files.Where(file => file.Package is not NotOfTheContract).SelectMany(Declarations.Facts)];

    [Fact]
    public void Load_Contract_IsWhole()
    {
        var messages = Contract.Files.SelectMany(file => file.Messages).ToList();

        Assert.Equal(50, Contract.Files.Count);
        Assert.Equal(411, messages.Count);
        Assert.Equal(1286, messages.Sum(message => message.Fields.Count));
        Assert.Equal(35, Contract.Files.Sum(file => file.Enums.Count));
        Assert.Equal(24, Contract.Files.Sum(file => file.Services.Count));
        Assert.Equal(62, Contract.Files.SelectMany(file => file.Services).Sum(service => service.Methods.Count));
    }

    [Fact]
    public void Facts_OfTheContract_AreAllDeclared() => AssertNone(Contract.Facts().Except(Declared, StringComparer.Ordinal));

    [Fact]
    public void Facts_Declared_AreAllInTheContract() => AssertNone(Declared.Except(Contract.Facts(), StringComparer.Ordinal));

    [Fact]
    public void Facts_DeclaredAndOfTheContract_AreAsMany() => Assert.Equal(Contract.Facts().Count(), Declared.Length);

    [Fact]
    public void Files_Omitted_AreNotDeclared()
        => AssertNone(Contract.Omitted.Select(file => file.Path)
            .Intersect(Declarations.Files.Select(file => file.Name), StringComparer.Ordinal));

    // Assert.Empty would cut the facts short.
    private static void AssertNone(IEnumerable<string> facts)
    {
        var text = string.Join(Environment.NewLine, facts);
        Assert.True(text.Length == 0, text);
    }
}
