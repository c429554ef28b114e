using System.Text.Json.Nodes;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Protocol.Tests;

public sealed class ProtocolTypesTests
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithTypeRegistry(ProtocolTypes.Registry));

    [Fact]
    public void Registry_MessageOfTheContract_IsKnown()
    {
        var names = Contract.Load().Files.SelectMany(file => file.Messages).Select(message => message.Name).ToList();

        Assert.Equal(names, names.Select(name => ProtocolTypes.Registry.Find(name)?.FullName), StringComparer.Ordinal);
    }

    [Fact]
    public void Registry_MessageOfTheAssembly_IsKnown()
        => Assert.Equal(Declarations.Messages, Declarations.Messages.Select(message => ProtocolTypes.Registry.Find(message.FullName)));

    [Theory]
    [InlineData("google.rpc.Status")]
    [InlineData("google.protobuf.Any")]
    [InlineData("google.protobuf.Struct")]
    [InlineData("google.protobuf.Timestamp")]
    [InlineData("google.protobuf.StringValue")]
    public void Registry_WellKnownType_IsKnown(string name) => Assert.NotNull(ProtocolTypes.Registry.Find(name));

    [Fact]
    public void Pack_AnyMessage_NamesItsTypeInTheUrl()
    {
        var urls = Declarations.Messages.Select(message => Any.Pack(message.Parser.ParseFrom(ReadOnlySpan<byte>.Empty)).TypeUrl);

        Assert.Equal(Declarations.Messages.Select(message => $"type.googleapis.com/{message.FullName}"), urls, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("type.googleapis.com/c1.connector.v2.RawId")]
    [InlineData("example.org/types/c1.connector.v2.RawId")]
    [InlineData("/c1.connector.v2.RawId")]
    public void Unpack_AnyPrefixOfTheUrl_IsAccepted(string typeUrl)
    {
        var any = new Any { TypeUrl = typeUrl, Value = new RawId { Id = "7" }.ToByteString() };

        Assert.True(any.TryUnpack(out RawId rawId));
        Assert.Equal("7", rawId.Id);
        Assert.Equal(rawId, any.Unpack(ProtocolTypes.Registry));
    }

    [Fact]
    public void Format_AnyOfAKnownType_ShowsTheTypeAndItsFields()
    {
        var resource = new Resource
        {
            Id = new ResourceId { ResourceType = "user", Resource = "7" },
            DisplayName = "Ada",
            Annotations =
            {
                Any.Pack(new UserTrait { LoginAliases = { "ada" }, AccountType = UserTrait.Types.AccountType.Human }),
                Any.Pack(new RateLimitDescription { Limit = 5, Status = RateLimitDescription.Types.Status.Ok }),
                Any.Pack(new VendorTrait { Trailing30DSpend = new Money { AmountMinor = 12 } }),
            },
        };

        var json = Formatter.Format(resource);

        var expected = """
            {
              "id": { "resourceType": "user", "resource": "7" },
              "displayName": "Ada",
              "annotations": [
                {
                  "@type": "type.googleapis.com/c1.connector.v2.UserTrait",
                  "accountType": "ACCOUNT_TYPE_HUMAN",
                  "loginAliases": ["ada"]
                },
                { "@type": "type.googleapis.com/c1.connector.v2.RateLimitDescription", "status": "STATUS_OK", "limit": "5" },
                { "@type": "type.googleapis.com/c1.connector.v2.VendorTrait", "trailing30dSpend": { "amountMinor": "12" } }
              ]
            }
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(json)), json);
        Assert.Equal(resource, Parser.Parse<Resource>(json));
    }

    [Fact]
    public void Format_AnyOfAnUnknownType_IsRefused()
    {
        var resource = new Resource { Annotations = { new Any { TypeUrl = "type.googleapis.com/c1.connector.v2.Later" } } };

        Assert.Throws<InvalidOperationException>(() => Formatter.Format(resource));
    }
}
