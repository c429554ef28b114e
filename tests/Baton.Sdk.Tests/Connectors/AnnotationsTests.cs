using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Baton.Sdk.Tests.Connectors;

public sealed class AnnotationsTests
{
    [Fact]
    public void Find_SeveralOfAType_GivesTheFirst()
    {
        Any[] annotations = [Annotations.Of(new SkipGrants()), Annotations.Of(new ChildResourceType { ResourceTypeId = "a" }), Annotations.Of(new ChildResourceType { ResourceTypeId = "b" })];

        Assert.Equal("a", Annotations.Find<ChildResourceType>(annotations)?.ResourceTypeId);
        Assert.Equal(["a", "b"], Annotations.All<ChildResourceType>(annotations).Select(child => child.ResourceTypeId).ToArray());
        Assert.True(Annotations.Has(annotations, SkipGrants.Descriptor));
        Assert.False(Annotations.Has(annotations, SkipEntitlements.Descriptor));
        Assert.Null(Annotations.Find<GrantExpandable>(annotations));
    }

    [Fact]
    public void Find_DamagedBytes_Throws()
    {
        var damaged = new Any { TypeUrl = Annotations.Of(new ChildResourceType()).TypeUrl, Value = ByteString.CopyFrom(0xFF) };

        Assert.Throws<InvalidProtocolBufferException>(() => Annotations.Find<ChildResourceType>([damaged]));
    }

    [Fact]
    public void Ids_Parts_AreJoinedAsTheyAre()
    {
        var group = Ids.Resource("group", "a:b");

        Assert.Equal("group:a:b:member", Ids.Entitlement(group, "member"));
        Assert.Equal("group:a:b:member:user:1", Ids.Grant("group:a:b:member", Ids.Resource("user", "1")));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.DeadlineExceeded, true)]
    [InlineData(StatusCode.NotFound, false)]
    [InlineData(StatusCode.Unknown, false)]
    [InlineData(StatusCode.ResourceExhausted, false)]
    public void ConnectorException_Code_SaysWhetherToRepeat(StatusCode code, bool transient)
    {
        Assert.Equal(transient, new ConnectorException(code, "x").IsTransient);
        Assert.False(new ConnectorException(code, "x") { IsTransient = false }.IsTransient);
    }
}
