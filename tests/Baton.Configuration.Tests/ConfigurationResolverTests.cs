using Baton.CommandLine;
using CsCheck;

namespace Baton.Configuration.Tests;

public sealed class ConfigurationResolverTests : IDisposable
{
    private readonly SampleProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Resolve_AllSources_StrongestWins()
    {
        _program.WithCredentials()
            .WithFile("hostname: file\nusername: file\nworkers: 3\nfile: file.c1z\nlog-level: warn\nhealth-check-port: 1\n")
            .With("BATON_WORKERS", "4")
            .With("BATON_FILE", "environment.c1z")
            .With("BATON_LOG_LEVEL", "");

        var configuration = await _program.ResolveAsync("--file", "flag.c1z");

        Assert.Equal(("flag.c1z", ValueSource.Flag), (configuration.GetString("file"), configuration.GetSource("file")));
        Assert.Equal((4, ValueSource.Environment), (configuration.GetInteger("workers"), configuration.GetSource("workers")));
        Assert.Equal(("warn", ValueSource.File), (configuration.GetString("log-level"), configuration.GetSource("log-level")));
        Assert.Equal(("json", ValueSource.Default), (configuration.GetString("log-format"), configuration.GetSource("log-format")));
        Assert.False(configuration.IsSet("log-format"));
    }

    [Fact]
    public async Task Resolve_AnySubsetOfSources_StrongestWins()
        => await Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool).SampleAsync(async (flag, environment, file) =>
        {
            using var program = new SampleProgram().WithCredentials().WithFile(file ? "workers: 1" : "");
            program.With("BATON_WORKERS", environment ? "2" : "");

            var configuration = await program.ResolveAsync(flag ? ["--workers=3"] : []);

            Assert.Equal(flag ? 3 : environment ? 2 : file ? 1 : 0, configuration.GetInteger("workers"));
        }, iter: 30);

    [Fact]
    public async Task Resolve_ListAsFlag_ReplacesTheOthers()
    {
        _program.WithCredentials().WithFile("sync-resource-types: [team]").With("BATON_SYNC_RESOURCE_TYPES", "org,role");

        Assert.Equal(["org", "role"], (await _program.ResolveAsync()).GetStrings("sync-resource-types"));
        Assert.Equal(["user"], (await _program.ResolveAsync("--sync-resource-types", "user")).GetStrings("sync-resource-types"));
    }

    [Theory]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("hunter2\n\n", "hunter2\n")]
    [InlineData(" hunter2 ", " hunter2 ")]
    public async Task Resolve_SecretFromAVariable_LosesOneLineBreak(string variable, string expected)
    {
        _program.WithCredentials().With("BATON_PASSWORD", variable);

        Assert.Equal(expected, (await _program.ResolveAsync()).GetString("password"));
    }

    [Fact]
    public async Task Resolve_SecretFromTheFileOrAFlag_LosesOneOrNoLineBreak()
    {
        _program.WithFile("hostname: h\nusername: u\npassword: |\n  hunter2\n");

        Assert.Equal("hunter2", (await _program.ResolveAsync()).GetString("password"));
        Assert.Equal("p\n", (await _program.ResolveAsync("--password", "p\n")).GetString("password"));
    }

    [Theory]
    [InlineData("BATON_WORKERS", " 4\n")]
    [InlineData("BATON_PROVISIONING", "true\n")]
    [InlineData("BATON_SYNC_RESOURCE_TYPES", "user, org\n")]
    [InlineData("BATON_LOG_LEVEL", "debug\r\n")]
    public async Task Resolve_BlanksAroundAVariable_AreTakenAway(string variable, string value)
    {
        var configuration = await _program.WithCredentials().With(variable, value).ResolveAsync();

        var field = variable["BATON_".Length..].ToLowerInvariant().Replace('_', '-');
        Assert.Equal(
            value.Trim(),
            configuration.SetValues.Single(set => set.Field.Name == field).Value switch
            {
                IReadOnlyList<string> list => string.Join(", ", list),
                bool yes => yes ? "true" : "false",
                var other => $"{other}",
            });
    }

    [Fact]
    public async Task Resolve_BlanksInAListAsFlag_AreTakenAway()
        => Assert.Equal(["user", "org"], (await _program.WithCredentials().ResolveAsync("--sync-resource-types", "user, org")).GetStrings("sync-resource-types"));

    [Theory]
    [InlineData("BATON_PASSWORD", "\"hunter2\"", "password")]
    [InlineData("BATON_HOSTNAME", "'https://g'", "hostname")]
    [InlineData("BATON_PASSWORD", "hunter\"2\"", null)]
    [InlineData("BATON_PASSWORD", "\"", null)]
    public async Task QuotedVariables_QuotationMarksAroundAValue_AreNamed(string variable, string value, string? field)
    {
        var configuration = await _program.WithCredentials().With(variable, value).ResolveAsync();

        Assert.Equal(field is null ? [] : [field], configuration.QuotedVariables.Select(quoted => quoted.Name), StringComparer.Ordinal);
        Assert.Equal(value, configuration.GetString(field ?? "password"));
    }

    [Fact]
    public async Task Resolve_RefusedConfiguration_HasToldItsSecretsBefore()
    {
        var sources = await _program.With("BATON_PASSWORD", "hunter2-secret").With("BATON_WORKERS", "many").SourcesAsync();

        Assert.Throws<ConfigurationException>(() => new ConfigurationResolver(SampleProgram.Schema).Resolve(sources));

        Assert.Equal(["hunter2-secret"], sources.Redactor.Secrets);
    }

    [Fact]
    public async Task Resolve_OtherNames_AreOfTheProgram()
    {
        var folder = Directory.CreateTempSubdirectory("baton-names-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "podium.yaml"), "listen: from-the-file\n", TestContext.Current.CancellationToken);
            var schema = new ConfigurationSchema(new()
            {
                Names = new() { EnvironmentPrefix = "PODIUM_", FileNames = ["podium.yaml"] },
                Fields = [new StringField("listen"), new StringField("database") { Secret = true }, new IntegerField("keep-days")],
            });
            var configuration = new ConfigurationResolver(schema).Resolve(new()
            {
                Flags = FlagValues.None,
                Environment = name => name switch { "PODIUM_DATABASE" => "the-secret", "BATON_KEEP_DAYS" => "7", _ => null },
                WorkingDirectory = folder.FullName,
            });

            Assert.Equal(("from-the-file", "the-secret", 0), (configuration.GetString("listen"), configuration.GetString("database"), configuration.GetInteger("keep-days")));
            Assert.Equal("PODIUM_CONFIG_PATH", schema.Names.PathVariable);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Resolve_UnreadableValues_AreAllReported()
    {
        _program.WithCredentials().WithFile("provisioning: maybe\nfile: [a]\n").With("BATON_WORKERS", "abc").With("BATON_TASK_CONCURRENCY", "x");

        var problems = await _program.ProblemsAsync();

        Assert.Equal(
            [
                $"invalid value for provisioning in {_program.WorkingDirectory}/.baton.yaml: strconv.ParseBool: parsing \"maybe\": invalid syntax",
                "invalid value for BATON_TASK_CONCURRENCY: strconv.ParseInt: parsing \"x\": invalid syntax",
                $"invalid value for file in {_program.WorkingDirectory}/.baton.yaml: a list is not expected",
                "invalid value for BATON_WORKERS: strconv.ParseInt: parsing \"abc\": invalid syntax",
            ],
            problems);
    }

    [Fact]
    public async Task Resolve_UnreadableValue_StillCountsAsSet()
    {
        _program.WithCredentials().With("BATON_GET_TICKET", "maybe").With("BATON_TICKET_ID", "1");

        Assert.Equal(
            ["invalid value for BATON_GET_TICKET: strconv.ParseBool: parsing \"maybe\": invalid syntax"], await _program.ProblemsAsync());
    }

    [Fact]
    public async Task Resolve_ProblemsOfEveryKind_AreReportedAtOnce()
    {
        _program.With("BATON_CLIENT_ID", "a").With("BATON_TASK_CONCURRENCY", "0");

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => _program.ResolveAsync("--http-timeout-seconds", "1801"));

        Assert.Equal(
            """
            errors found:
            if any flags in the group [client-id client-secret] are set they must all be set; missing [client-secret]
            field task-concurrency: value must be greater than or equal to 1 but got 0
            field http-timeout-seconds: value must be less than or equal to 1800 but got 1801
            field hostname of type string is marked as required but it has a zero-value
            field username of type string is marked as required but it has a zero-value
            field password of type string is marked as required but it has a zero-value
            """.ReplaceLineEndings("\n"),
            failure.Message);
    }

    [Fact]
    public async Task Read_WithoutCredentials_GivesValues()
    {
        _program.With("BATON_HEALTH_CHECK_PORT", "9000");

        var configuration = await _program.ReadAsync("--task-concurrency=0");

        Assert.Equal(9000, configuration.GetInteger("health-check-port"));
        Assert.Null(configuration.Group);
    }

    [Fact]
    public async Task Read_UnreadableValue_IsReported()
    {
        _program.With("BATON_HEALTH_CHECK_PORT", "http");

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => _program.ReadAsync());

        Assert.Equal("invalid value for BATON_HEALTH_CHECK_PORT: strconv.ParseInt: parsing \"http\": invalid syntax", failure.Message);
    }

    [Fact]
    public async Task Resolve_NoConnectorIsNeeded_AsksForNoCredentialAndChecksTheRest()
    {
        _program.With("BATON_AUTH_METHOD", "nonsense");
        var resolver = new ConfigurationResolver(SampleProgram.Schema);

        var configuration = resolver.Resolve(await _program.SourcesAsync(), _ => true);

        Assert.Null(configuration.Group);
        var (good, bad) = (await _program.SourcesAsync(), await _program.SourcesAsync("--workers", "4", "--http-timeout-seconds", "-7"));
        Assert.Contains("http-timeout-seconds", Assert.Throws<ConfigurationException>(() => resolver.Resolve(bad, _ => true)).Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => resolver.Resolve(good, _ => false));
    }
}
