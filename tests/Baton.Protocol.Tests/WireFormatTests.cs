using Baton.Protocol.Config.V1;
using Baton.Protocol.Connector.V2;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Entitlement = Baton.Protocol.Connector.V2.Entitlement;
using Grant = Baton.Protocol.Connector.V2.Grant;
using Resource = Baton.Protocol.Connector.V2.Resource;
using ResourceId = Baton.Protocol.Connector.V2.ResourceId;
using Task = Baton.Protocol.ConnectorApi.V1.Task;

namespace Baton.Protocol.Tests;

/// <summary>Bytes on the wire, some of them worked out by hand.</summary>
public sealed class WireFormatTests
{
    // A field of number 2000 that no message has, holding the text "later": tag 16002, length 5.
    private static readonly byte[] FieldOfALaterRelease = [0x82, 0x7D, 0x05, .. "later"u8];

    private static readonly Gen<Resource> AnyResource =
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Bool, (type, id, name, external) => new Resource
        {
            Id = new ResourceId { ResourceType = type, Resource = id, BatonResource = external },
            DisplayName = name,
            Annotations = { Any.Pack(new UserTrait { Login = name }), Any.Pack(new ChildResourceType { ResourceTypeId = type }) },
        });

    private static readonly Gen<Grant> AnyGrant =
        Gen.Select(AnyResource, AnyResource, Gen.String, Gen.String.List[0, 3], (principal, resource, id, sources) => new Grant
        {
            Id = id,
            Principal = principal,
            Entitlement = new Entitlement { Resource = resource, Purpose = Entitlement.Types.PurposeValue.Assignment },
            Sources = new GrantSources
            {
                Sources = { sources.Distinct(StringComparer.Ordinal)
                    .ToDictionary(source => source, _ => new GrantSources.Types.GrantSource { IsDirect = true }, StringComparer.Ordinal) },
            },
        });

    [Fact]
    public void ParseFrom_BytesOfAGrant_GiveTheGrantBack()
        => AnyGrant.Sample(grant => Grant.Parser.ParseFrom(grant.ToByteArray()).Equals(grant));

    [Fact]
    public void ToByteArray_ResourceId_IsTheTypeThenTheId()
    {
        var id = new ResourceId { ResourceType = "user", Resource = "7", BatonResource = true };

        Assert.Equal<byte>([0x0A, 0x04, .. "user"u8, 0x12, 0x01, .. "7"u8, 0x18, 0x01], id.ToByteArray());
    }

    [Fact]
    public void ToByteArray_TaskWithoutWork_HasArm100()
    {
        var task = new Task { Id = "t", None = new Task.Types.NoneTask() };

        Assert.Equal<byte>([0x0A, 0x01, .. "t"u8, 0xA2, 0x06, 0x00], task.ToByteArray());
    }

    [Fact]
    public void ToByteArray_Status_IsThatOfGrpc()
    {
        var status = new Rpc.Status { Code = 5, Message = "no", Details = { new Any() } };

        Assert.Equal<byte>([0x08, 0x05, 0x12, 0x02, .. "no"u8, 0x1A, 0x00], status.ToByteArray());
    }

    [Fact]
    public void ToByteArray_OptionalFieldOfTheDefaultValue_IsWritten()
    {
        Assert.Equal<byte>([0x08, 0x00], new BoolRules { Eq = false }.ToByteArray());
        Assert.False(new BoolRules().HasEq);
        Assert.Empty(new BoolField { DefaultValue = false }.ToByteArray());
    }

    [Fact]
    public void ParseFrom_FieldOfALaterRelease_KeepsIt()
    {
        byte[] options = [.. new CredentialIssueOptions { Token = new() { Scopes = { "read" } } }.ToByteArray(), .. FieldOfALaterRelease];
        var task = new Task.Types.IssueCredentialTask { CredentialOptions = CredentialIssueOptions.Parser.ParseFrom(options) };

        var copy = Task.Types.IssueCredentialTask.Parser.ParseFrom(task.ToByteArray()).Clone();

        Assert.Equal(options, copy.CredentialOptions.ToByteArray());
        Assert.Equal("read", Assert.Single(copy.CredentialOptions.Token.Scopes));
    }

    [Fact]
    public void ParseFrom_EnumValueOfALaterRelease_KeepsIt()
    {
        byte[] bytes = [0x10, 0x63];

        Assert.Equal(bytes, Task.Parser.ParseFrom(bytes).ToByteArray());
    }

    [Fact]
    public void ParseFrom_AnyOfAnUnknownType_KeepsItsBytes()
    {
        var payload = ByteString.CopyFrom(0xFF, 0x00, 0x80, 0x01);
        var resource = new Resource
        {
            Annotations =
            {
                Any.Pack(new ChildResourceType { ResourceTypeId = "team" }),
                new Any { TypeUrl = "type.googleapis.com/c1.connector.v2.Later", Value = payload },
                Any.Pack(new SkipGrants()),
            },
        };

        var copy = Resource.Parser.ParseFrom(resource.ToByteArray());

        Assert.Equal(resource.Annotations, copy.Annotations);
        Assert.Equal(payload, copy.Annotations[1].Value);
        Assert.False(copy.Annotations[1].TryUnpack(out ChildResourceType _));
    }
}
