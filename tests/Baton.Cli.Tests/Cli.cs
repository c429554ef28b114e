using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Cli.Tests;

/// <summary>Runs the program in this process, with a temporary folder of its own, which must be empty afterwards.</summary>
internal static class Cli
{
    /// <summary>Two days after the syncs of the fixtures.</summary>
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 11, 0, 0, TimeSpan.Zero);

    public static Task<CliResult> Run(params string[] arguments) => RunIn([], arguments);

    public static async Task<CliResult> RunIn((string Name, string Value)[] environment, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();
        string? Variable(string name)
            => name == "BATON_TMPDIR" ? folder.Path : environment.FirstOrDefault(variable => variable.Name == name).Value;
        var host = new ProgramHost(output, error, Variable, Terminal: null) { Time = new FakeTimeProvider(Now) };
        var code = await BatonProgram.RunAsync(arguments, host, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        return new(code, output.ToString(), error.ToString());
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>The output of a run that had nothing to complain about.</summary>
    public CliResult Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>Fails as every command must: one line, nothing printed.</summary>
    public string Failed(BatonExitCode code = Baton.Cli.BatonExitCode.Usage)
    {
        Assert.Equal((int)code, ExitCode);
        Assert.Equal("", Output);
        Assert.StartsWith("Error: ", Error, StringComparison.Ordinal);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n', StringComparison.Ordinal));
        return Error.TrimEnd('\n');
    }
}
