using Podium.People;

namespace Podium.Tests.People;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("o'neil@example.com", "o'neil@example.com")]
    [InlineData(" Jürgen@Example.com ", "jürgen@example.com")]
    [InlineData("Ａｄａ＠example.com@example.com", "ada@example.com@example.com")]
    [InlineData("o\uFB03ce@example.com", "office@example.com")]
    [InlineData("ju\u0308rgen@example.com", "j\u00FCrgen@example.com")]
    [InlineData("mail_example.com#EXT#@tenant.onmicrosoft.com", "mail_example.com#ext#@tenant.onmicrosoft.com")]
    public void TryParse_RealAddress_IsTaken(string text, string normalized)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out _));
        Assert.Equal(normalized, address.Value.Normalized);
        Assert.Equal(text.Trim(), address.Value.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada lovelace@example.com")]
    [InlineData("ada@example.com\r\nBcc: all@example.com")]
    public void TryParse_AnythingElse_IsAProblem(string? text)
    {
        Assert.False(EmailAddress.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem!);
    }
}
