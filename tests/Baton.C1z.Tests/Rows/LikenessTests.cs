using Baton.C1z.Rows;
using Baton.C1z.Tests.Support;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Tests.Rows;

public sealed class LikenessTests
{
    [Fact]
    public void AreAlike_MapInAnotherOrder_IsTheSame()
    {
        Check(Resource("one", "two"), Resource("two", "one"), Protocol.Connector.V2.Resource.Parser, expected: true);
        Check(Resource("one", "two"), Resource("one", "else"), Protocol.Connector.V2.Resource.Parser, expected: false);
    }

    [Fact]
    public void AreAlike_MapInsideOfWhatIsEmbedded_IsTheSame()
    {
        var (left, right) = (Entitlement("one", "two"), Entitlement("two", "one"));
        Check(left, right, Protocol.Connector.V2.Entitlement.Parser, expected: true);

        Check(Grant(left), Grant(right), Protocol.Connector.V2.Grant.Parser, expected: true);

        static Grant Grant(Entitlement entitlement) => new() { Id = "g", Entitlement = entitlement, Principal = entitlement.Resource };
    }

    [Fact]
    public void AreAlike_NoMessage_IsComparedByItsBytes()
    {
        byte[] left = [0xFF, 1], right = [0xFF, 2];

        Assert.False(Likeness.AreAlike(left, right, Protocol.Connector.V2.Resource.Parser));
        Assert.False(Likeness.AreAlike(left, right, parser: null));
        Assert.True(Likeness.AreAlike(left, left, parser: null));
    }

    [Fact]
    public void AreAlike_AnnotationThatNobodyKnows_IsComparedByItsBytes()
    {
        Assert.False(Likeness.AreAlike(Unknown(1), Unknown(2), Protocol.Connector.V2.Resource.Parser));

        static byte[] Unknown(byte value)
            => new Resource { Annotations = { new Any { TypeUrl = "type.googleapis.com/unknown", Value = ByteString.CopyFrom(value) } } }.ToByteArray();
    }

    private static void Check<T>(T left, T right, MessageParser parser, bool expected)
        where T : IMessage
    {
        var (one, other) = (left.ToByteArray(), right.ToByteArray());
        Assert.NotEqual(one, other);
        Assert.Equal(expected, Likeness.AreAlike(one, other, parser));
    }

    private static Entitlement Entitlement(string first, string second) => new() { Id = "e", Resource = Resource(first, second) };

    // As Go would have written it: the keys of the profile in the order given, inside of an Any.
    private static Resource Resource(string first, string second)
    {
#pragma warning disable CS0612 // Deprecated, and what the files have that are out there.
        var trait = new UserTrait { Profile = new Struct { Fields = { [first] = Value.ForString("x"), [second] = Value.ForString("x") } } };
#pragma warning restore CS0612
        var resource = Samples.Resource("user", "ada");
        resource.Annotations.Add(Any.Pack(trait));
        return resource;
    }
}
