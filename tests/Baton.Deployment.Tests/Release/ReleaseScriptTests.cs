namespace Baton.Deployment.Tests.Release;

/// <summary>What the scripts refuse, before they have made anything. What they make is looked at by eng/check-release and eng/check-image.</summary>
public sealed class ReleaseScriptTests
{
    private static readonly Tool Bash = new("bash");

    [Theory]
    [InlineData("release: usage: eng/release VERSION", "eng/release")]
    [InlineData("set it to 99.1.0 there, and commit", "eng/release", "99.1.0")]
    [InlineData("usage: eng/publish PROJECT RUNTIME FOLDER", "eng/publish", "Baton.Grafana")]
    [InlineData("there is no src/Baton.Nothing", "eng/publish", "Baton.Nothing", "linux-x64", "/nowhere")]
    [InlineData("there is no option --colour", "eng/build-image", "--colour", "red")]
    [InlineData("--output needs a value", "eng/build-image", "--output")]
    [InlineData("there is no option --colour", "eng/check-image", "--colour", "red")]
    [InlineData("'/nowhere' has none", "deploy/image/lay-out-root", "--published", "/nowhere")]
    public async Task Script_WrongArguments_IsRefusedInOneSentence(string reason, string script, params string[] arguments)
    {
        var (exitCode, output, error) = await Bash.TryAsync([Repository.PathOf(script), .. arguments]);

        Assert.NotEqual(0, exitCode);
        Assert.Equal("", output);
        Assert.Contains(reason, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void Containerfile_SdkAndPackages_AreThoseOfTheRepository()
    {
        var containerfile = File.ReadAllText(Repository.PathOf("deploy", "image", "Containerfile"));
        var sdk = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Repository.PathOf("global.json"))).RootElement.GetProperty("sdk").GetProperty("version").GetString();

        Assert.Contains($"ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:{sdk}-", containerfile, StringComparison.Ordinal);
        foreach (var copied in containerfile.Split('\n').Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)))
        {
            // Docker and buildah fail late on a file that is gone; the last word is where to.
            Assert.All(copied.Split(' ')[1..^1], path => Assert.True(Path.Exists(Repository.PathOf(path)), $"COPY {path}: it is not there."));
        }
    }
}
