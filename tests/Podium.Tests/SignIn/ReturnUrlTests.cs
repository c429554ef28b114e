using Podium.SignIn;

namespace Podium.Tests.SignIn;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/connectors?page=2", "/connectors?page=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    [InlineData("/", "/")]
    public void Safe_AnyUrl_StaysHere(string? url, string expected) => Assert.Equal(expected, ReturnUrl.Safe(url));
}
