using Baton.Sdk.Hosting.Doctor;

namespace Baton.Sdk.Tests.Hosting.Doctor;

public sealed class ConfigurationFindingsTests
{
    [Theory]
    [InlineData("https://g.example.com/sub?x=1", "https://g.example.com/sub?x=1")]
    [InlineData("https://user:secret@g.example.com/sub", "https://g.example.com/sub")]
    [InlineData("http://user:se@cret@proxy:3128", "http://proxy:3128")]
    [InlineData("https://g.example.com/a@b", "https://g.example.com/a@b")]
    [InlineData("name@tenant.example.com/path", "name@tenant.example.com/path")]
    [InlineData("", "")]
    public void WithoutPassword_OfAnAddress_KeepsTheRest(string text, string expected)
        => Assert.Equal(expected, ConfigurationFindings.WithoutPassword(text));
}
