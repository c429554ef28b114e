namespace Baton.Configuration.Tests.Validation;

public sealed class GroupSelectionTests : IDisposable
{
    private readonly SampleProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData(SampleProgram.ApiKey, "--hostname", "h", "--api-token", "t")]
    [InlineData(SampleProgram.Basic, "--hostname", "h", "--username", "u", "--password", "p")]
    [InlineData(SampleProgram.Basic, "--auth-method", SampleProgram.Basic, "--hostname", "h", "--username", "u", "--password", "p", "--api-token", "t")]
    [InlineData(SampleProgram.ApiKey, "--auth-method", SampleProgram.ApiKey, "--hostname", "h", "--username", "u", "--password", "p", "--api-token", "t")]
    public async Task Select_Complete_IsTheGroupNamedOrMeant(string group, params string[] words)
        => Assert.Equal(group, (await _program.ResolveAsync(words)).Group?.Name);

    [Theory]
    [InlineData("hostname username password")]
    [InlineData("username password", "--hostname", "h")]
    [InlineData("hostname password", "--username", "u")]
    [InlineData("hostname", "--api-token", "t")]
    [InlineData("hostname api-token", "--auth-method", SampleProgram.ApiKey)]
    [InlineData("api-token", "--auth-method", SampleProgram.ApiKey, "--hostname", "h", "--username", "u", "--password", "p")]
    [InlineData("hostname username password", "--auth-method", SampleProgram.Basic, "--api-token", "t")]
    public async Task Select_Incomplete_MissesTheFieldsOfTheGroup(string missing, params string[] words)
    {
        var problems = await _program.ProblemsAsync(words);

        Assert.Equal(
            [.. missing.Split(' ').Select(name => $"field {name} of type string is marked as required but it has a zero-value")],
            problems);
    }

    [Fact]
    public async Task Select_CredentialsOfBothKinds_MustBeDecidedUpon()
    {
        var problems = await _program.WithCredentials().With("BATON_API_TOKEN", "glsa_leftover").ProblemsAsync();

        Assert.Equal(
            [
                "credentials of more than one kind are set: username and password (basic-auth-flow-group); api-token (api-key-flow-group): "
                    + "set BATON_AUTH_METHOD to basic-auth-flow-group or api-key-flow-group, or remove one kind",
            ],
            problems);
    }

    [Fact]
    public async Task Select_UnknownGroup_NamesTheKnownOnes()
    {
        var problems = await _program.WithCredentials().ProblemsAsync("--auth-method", "basic");

        Assert.Equal(["field auth-method: value must be one of [basic-auth-flow-group api-key-flow-group] but got 'basic'"], problems);
    }
}
