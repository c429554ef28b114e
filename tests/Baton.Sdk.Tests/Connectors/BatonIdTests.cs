using Baton.Sdk.Connectors;
using CsCheck;

namespace Baton.Sdk.Tests.Connectors;

public sealed class BatonIdTests
{
    [Theory]
    [InlineData("bid:r:user/1", "user", "1", null, null)]
    [InlineData("bid:r:org/9/user/1", "user", "1", "org", "9")]
    [InlineData(@"bid:r:us\/er/a\:b\\c", "us/er", @"a:b\c", null, null)]
    public void ParseResource_GoodIds_AreTakenApart(string text, string type, string id, string? parentType, string? parent)
    {
        var (resource, above) = BatonId.ParseResource(text);

        Assert.Equal(Ids.Resource(type, id), resource);
        Assert.Equal(parentType is null ? null : Ids.Resource(parentType, parent!), above);
    }

    [Theory]
    [InlineData("user/1", 0)]
    [InlineData("bid:e:user/1:member", 0)]
    [InlineData("bid:r:", 6)]
    [InlineData("bid:r:user", 10)]
    [InlineData("bid:r:user/", 11)]
    [InlineData("bid:r:/1", 8)]
    [InlineData("bid:r:user:1", 12)]
    [InlineData("bid:r:a/b/c", 11)]
    [InlineData("bid:r:a/b/c/d/e", 15)]
    public void ParseResource_BadIds_SayWhere(string text, int position)
    {
        var failure = Assert.Throws<FormatException>(() => BatonId.ParseResource(text));

        Assert.StartsWith($"error parsing baton id '{text}' at location {position}: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new string(' ', "error parsing baton id '".Length + position) + "^", failure.Message.Split('\n')[1]);
    }

    [Theory]
    [InlineData("bid:e:group/a:member", "group", "a", "member")]
    [InlineData("bid:e:org/1/group/a:member", "group", "a", "member")]
    [InlineData(@"bid:e:group/a\:b:me\:mber", "group", "a:b", "me:mber")]
    public void TryParseEntitlement_GoodIds_AreTakenApart(string text, string type, string id, string slug)
    {
        Assert.Equal((Ids.Resource(type, id), slug), BatonId.TryParseEntitlement(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bid:r:group/a")]
    [InlineData("bid:e:group/a")]
    [InlineData("bid:e:group/a/member")]
    [InlineData("bid:e:group:a:member")]
    [InlineData("group:a:member")]
    public void TryParseEntitlement_OtherTexts_AreNone(string text)
    {
        Assert.Null(BatonId.TryParseEntitlement(text));
    }

    [Fact]
    public void ParseResource_EscapedParts_ComeBack()
    {
        Gen.Select(Gen.String[1, 10], Gen.String[1, 10]).Sample((type, id) =>
            Assert.Equal(Ids.Resource(type, id), BatonId.ParseResource($"bid:r:{Escape(type)}/{Escape(id)}").Id));
    }

    private static string Escape(string part)
        => part.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal).Replace("/", @"\/", StringComparison.Ordinal);
}
