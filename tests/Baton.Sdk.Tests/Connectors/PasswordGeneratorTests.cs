using System.Text;
using System.Text.Json;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Baton.Credentials.Tests;
using CsCheck;
using Grpc.Core;

namespace Baton.Sdk.Tests.Connectors;

public sealed class PasswordGeneratorTests
{
    private const string Section = "random_password";

    // In these, upstream panics or writes half characters.
    private const string EmptySet = "empty char_set with min_count > 0";
    private const string NotAscii = "non-ASCII char_set (indexed by byte)";

    private static readonly string[] Classes =
        ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"];

    private static readonly string[] Sets = ["abc", "0", "ÄÖÜ", "🔑x", "!?", "漢字"];

    public static TheoryData<string> Names() => [.. Vectors.Names(Section).Select(row => row.Data).Where(name => name is not (EmptySet or NotAscii))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Generate_OfTheVectors_HasTheLengthOrTheError(string name)
    {
        var (length, constraints) = Input(name);
        if (Vectors.Entry(Section, name).ErrorText("error") is { } message)
        {
            Refused(message, length, constraints);
            return;
        }

        using var password = PasswordGenerator.Secure.Generate("password", length, constraints);

        Assert.Equal(length, password.Bytes.Length);
        AssertMeets(constraints, Encoding.UTF8.GetString(password.Bytes));
    }

    [Fact]
    public void Generate_DemandOfAnEmptySet_IsRefused()
    {
        var (length, constraints) = Input(EmptySet);

        Refused("password constraint 0 demands 1 characters of an empty set", length, constraints);
    }

    [Fact]
    public void Generate_SetBeyondAscii_PicksWholeCharacters()
    {
        var (length, constraints) = Input(NotAscii);

        using var password = PasswordGenerator.Secure.Generate("password", length, constraints);

        Assert.Equal("éééééééé", Encoding.UTF8.GetString(password.Bytes));
    }

    [Theory]
    [InlineData(4097)]
    [InlineData(long.MaxValue)]
    public void Generate_LengthBeyondAllUse_IsRefused(long length) => Refused("invalid password length", length, []);

    [Fact]
    public void Generate_DemandsThatWouldOverflow_AreRefused()
        => Refused(
            "password length 8 is less than the sum of constraints minimums (8589934590)",
            8,
            [Demand("a", uint.MaxValue), Demand("b", uint.MaxValue)]);

    [Fact]
    public void Generate_NoConstraints_HasEachClassAndAsciiOnly()
        => Gen.Select(Gen.Int[8, 64], Gen.Int).Sample((length, seed) =>
        {
            var password = Seeded(seed, length, []);

            Assert.Equal(length, password.Length);
            Assert.All(Classes, characters => Assert.Contains(password, characters.Contains));
            Assert.DoesNotContain(password, character => character is <= ' ' or > '~');
        });

    [Fact]
    public void Generate_AnyConstraintsThatFit_MeetsThem()
    {
        var constraint = Gen.Select(Gen.Int[0, Sets.Length - 1], Gen.UInt[0, 10], (set, count) => Demand(Sets[set], count));
        Gen.Select(constraint.List[1, 4], Gen.Int[0, 20], Gen.Int).Sample((constraints, spare, seed) =>
        {
            var length = Math.Max(8, (int)constraints.Sum(demand => demand.MinCount) + spare);

            var password = Seeded(seed, length, constraints);

            Assert.Equal(length, password.EnumerateRunes().Count());
            AssertMeets(constraints, password);
        });
    }

    // 94 characters at each of 8 places, 47,000 passwords: 500 expected in each cell. The seed is fixed, so that chance cannot fail it.
    // With 93 degrees of freedom, 1 in 10,000 honest generators has more than 152.
    [Fact]
    public void Generate_RuleSwitchedOff_IsUniformAtEachPlace()
    {
        var counts = new int[8, 94];
        var generator = new PasswordGenerator(new Random(20261123).Next);
        for (var round = 0; round < 47_000; round++)
        {
            using var password = generator.Generate("password", 8, [Demand("", 0)]);
            for (var place = 0; place < 8; place++)
            {
                counts[place, password.Bytes[place] - '!']++;
            }
        }

        for (var place = 0; place < 8; place++)
        {
            var deviation = Enumerable.Range(0, 94).Sum(character => Math.Pow(counts[place, character] - 500, 2) / 500);
            Assert.InRange(deviation, 40, 152);
        }
    }

    // What is demanded is drawn first; where it ends up must not tell.
    [Fact]
    public void Generate_OneDemandedCharacter_IsAtEachPlaceEquallyOften()
    {
        var counts = new int[8];
        var generator = new PasswordGenerator(new Random(20261123).Next);
        for (var round = 0; round < 8_000; round++)
        {
            using var password = generator.Generate("password", 8, [Demand("é", 1)]);
            counts[Encoding.UTF8.GetString(password.Bytes).IndexOf('é', StringComparison.Ordinal)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 880, 1120));
    }

    [Fact]
    public void Generate_TwiceInARow_GivesTwoPasswords()
    {
        var request = new CredentialRequest.RandomPassword(20);
        using var first = request.CreatePassword();
        using var second = request.CreatePassword();

        Assert.NotEqual(first.Bytes.ToArray(), second.Bytes.ToArray());
    }

    private static string Seeded(int seed, int length, IReadOnlyList<PasswordConstraint> constraints)
    {
        using var password = new PasswordGenerator(new Random(seed).Next).Generate("password", length, constraints);
        return Encoding.UTF8.GetString(password.Bytes);
    }

    private static void AssertMeets(IReadOnlyList<PasswordConstraint> constraints, string password)
        => Assert.All(constraints, demand =>
        {
            var set = demand.CharSet.EnumerateRunes().ToHashSet();
            Assert.True(password.EnumerateRunes().Count(set.Contains) >= demand.MinCount, $"fewer than {demand.MinCount} of {demand.CharSet}");
        });

    private static void Refused(string message, long length, IReadOnlyList<PasswordConstraint> constraints)
    {
        var refused = Assert.Throws<ConnectorException>(() => PasswordGenerator.Secure.Generate("password", length, constraints));
        Assert.Equal((StatusCode.InvalidArgument, message), (refused.Code, refused.Message));
    }

    private static (long Length, IReadOnlyList<PasswordConstraint> Constraints) Input(string name)
    {
        var entry = Vectors.Entry(Section, name);
        var constraints = entry.GetProperty("constraints");
        return (
            entry.GetProperty("length").GetInt64(),
            constraints.ValueKind == JsonValueKind.Null
                ? []
                : [.. constraints.EnumerateArray().Select(demand => Demand(demand.Text("char_set"), demand.GetProperty("min_count").GetUInt32()))]);
    }

    private static PasswordConstraint Demand(string set, uint count) => new() { CharSet = set, MinCount = count };
}
