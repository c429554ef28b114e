using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Baton.Credentials;
using Baton.Grafana.Api;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Tests.Api;

public sealed class NewTokenTests
{
    [Theory]
    [InlineData("""{"id":41,"name":"n","key":"glsa_x"}""", 41L, "glsa_x")]
    [InlineData("""{"key":"glsa_x","extra":{"key":"other","id":7},"list":[1,{"id":2}],"id":"41"}""", 41L, "glsa_x")]
    [InlineData("""{"id":41,"key":"gl\u0073a\/x"}""", 41L, "glsa/x")]
    [InlineData("""{"id":41,"key":null}""", 41L, null)]
    [InlineData("""{"id":1.5,"key":""}""", null, null)]
    [InlineData("""{}""", null, null)]
    public void Read_Body_FindsIdAndKey(string body, long? id, string? key)
    {
        using var token = NewToken.Read(200, Encoding.UTF8.GetBytes(body));

        Assert.Equal((id, key), (token.Id, token.Key is { } found ? Encoding.UTF8.GetString(found.Bytes) : null));
        Assert.True(token.Answer.IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"id":41,"key":"glsa_""")]
    [InlineData("""{"id":41,""")]
    public void Read_NoObject_IsNoAnswer(string body)
    {
        var failure = Assert.ThrowsAny<JsonException>(() => NewToken.Read(200, Encoding.UTF8.GetBytes(body)));

        Assert.DoesNotContain("glsa_", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyTwice_WipesTheFirst()
    {
        using var token = NewToken.Read(200, """{"key":"first","key":"second"}"""u8);

        Assert.Equal("second"u8, token.Key!.Bytes);
    }

    [Fact]
    public void Dispose_WipesTheKey()
    {
        var token = NewToken.Read(200, """{"id":1,"key":"glsa_x"}"""u8);
        var buffer = BufferOf(token.Key!);

        token.Dispose();

        Assert.All(buffer.Array, letter => Assert.Equal(0, letter));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_bytes")]
    private static extern ref SecretBuffer BufferOf(Plaintext plaintext);
}
