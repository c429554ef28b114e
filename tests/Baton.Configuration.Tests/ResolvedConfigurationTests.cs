namespace Baton.Configuration.Tests;

public sealed class ResolvedConfigurationTests : IDisposable
{
    private readonly SampleProgram _program = new SampleProgram().WithCredentials();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task ToString_Secrets_AreNotShown()
    {
        var configuration = await _program.ResolveAsync("-p");

        Assert.Equal("provisioning (Flag), hostname (Environment), username (Environment), password (Environment)", configuration.ToString());
    }

    [Fact]
    public async Task Secrets_OnlyThoseSet_AreListed()
    {
        var configuration = await _program.ResolveAsync("--client-id", "id", "--client-secret", "secret");

        Assert.Equal(["secret", "hunter2"], configuration.Redactor.Secrets);
    }

    [Theory]
    [InlineData("admin", "admin", false)]
    [InlineData("admin", "Admin", true)]
    [InlineData("glsa_pasted_into_both", "glsa_pasted_into_both", true)]
    public async Task Secrets_PasswordThatIsTheName_KeepsNone(string username, string password, bool isSecret)
    {
        var configuration = await _program.ResolveAsync("--username", username, "--password", password);

        Assert.Equal(isSecret, configuration.Redactor.Secrets.Contains(password, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_WrongNameOrType_IsABug()
    {
        var configuration = await _program.ResolveAsync();

        Assert.Throws<ArgumentException>(() => configuration.GetString("nosuch"));
        Assert.Throws<ArgumentException>(() => configuration.GetString("workers"));
    }

    [Fact]
    public async Task Get_EveryKind_IsTyped()
    {
        var configuration = await _program.ResolveAsync("-p", "--log-path", "a,b", "--workers", "-1");

        Assert.True(configuration.GetBoolean("provisioning"));
        Assert.Equal(["a", "b"], configuration.GetStrings("log-path"));
        Assert.Equal(-1, configuration.GetInteger("workers"));
    }
}
