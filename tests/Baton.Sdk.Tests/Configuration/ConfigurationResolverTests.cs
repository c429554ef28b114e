using Baton.Sdk.Configuration;
using CsCheck;

namespace Baton.Sdk.Tests.Configuration;

public sealed class ConfigurationResolverTests : IDisposable
{
    private readonly GrafanaLike _grafana = new();

    public void Dispose() => _grafana.Dispose();

    [Fact]
    public async Task Resolve_AllSources_StrongestWins()
    {
        _grafana.WithCredentials()
            .WithFile("hostname: file\nusername: file\nworkers: 3\nfile: file.c1z\nlog-level: warn\nhealth-check-port: 1\n")
            .With("BATON_WORKERS", "4")
            .With("BATON_FILE", "environment.c1z")
            .With("BATON_LOG_LEVEL", "");

        var configuration = await _grafana.ResolveAsync("--file", "flag.c1z");

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
            using var grafana = new GrafanaLike().WithCredentials().WithFile(file ? "workers: 1" : "");
            grafana.With("BATON_WORKERS", environment ? "2" : "");

            var configuration = await grafana.ResolveAsync(flag ? ["--workers=3"] : []);

            Assert.Equal(flag ? 3 : environment ? 2 : file ? 1 : 0, configuration.GetInteger("workers"));
        }, iter: 30);

    [Fact]
    public async Task Resolve_ListAsFlag_ReplacesTheOthers()
    {
        _grafana.WithCredentials().WithFile("sync-resource-types: [team]").With("BATON_SYNC_RESOURCE_TYPES", "org,role");

        Assert.Equal(["org", "role"], (await _grafana.ResolveAsync()).GetStrings("sync-resource-types"));
        Assert.Equal(["user"], (await _grafana.ResolveAsync("--sync-resource-types", "user")).GetStrings("sync-resource-types"));
    }

    [Theory]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("hunter2\n\n", "hunter2\n")]
    [InlineData(" hunter2 ", " hunter2 ")]
    public async Task Resolve_SecretFromAVariable_LosesOneLineBreak(string variable, string expected)
    {
        _grafana.WithCredentials().With("BATON_PASSWORD", variable);

        Assert.Equal(expected, (await _grafana.ResolveAsync()).GetString("password"));
    }

    [Fact]
    public async Task Resolve_SecretFromTheFileOrAFlag_LosesOneOrNoLineBreak()
    {
        _grafana.WithFile("hostname: h\nusername: u\npassword: |\n  hunter2\n");

        Assert.Equal("hunter2", (await _grafana.ResolveAsync()).GetString("password"));
        Assert.Equal("p\n", (await _grafana.ResolveAsync("--password", "p\n")).GetString("password"));
    }

    [Fact]
    public async Task Resolve_UnreadableValues_AreAllReported()
    {
        _grafana.WithCredentials().WithFile("provisioning: maybe\nfile: [a]\n").With("BATON_WORKERS", "abc").With("BATON_TASK_CONCURRENCY", "x");

        var problems = await _grafana.ProblemsAsync();

        Assert.Equal(
            [
                $"invalid value for provisioning in {_grafana.WorkingDirectory}/.baton.yaml: strconv.ParseBool: parsing \"maybe\": invalid syntax",
                "invalid value for BATON_TASK_CONCURRENCY: strconv.ParseInt: parsing \"x\": invalid syntax",
                $"invalid value for file in {_grafana.WorkingDirectory}/.baton.yaml: a list is not expected",
                "invalid value for BATON_WORKERS: strconv.ParseInt: parsing \"abc\": invalid syntax",
            ],
            problems);
    }

    [Fact]
    public async Task Resolve_UnreadableValue_StillCountsAsSet()
    {
        _grafana.WithCredentials().With("BATON_GET_TICKET", "maybe").With("BATON_TICKET_ID", "1");

        Assert.Equal(
            ["invalid value for BATON_GET_TICKET: strconv.ParseBool: parsing \"maybe\": invalid syntax"], await _grafana.ProblemsAsync());
    }

    [Fact]
    public async Task Resolve_ProblemsOfEveryKind_AreReportedAtOnce()
    {
        _grafana.With("BATON_CLIENT_ID", "a").With("BATON_TASK_CONCURRENCY", "0");

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => _grafana.ResolveAsync("--http-timeout-seconds", "1801"));

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
        _grafana.With("BATON_HEALTH_CHECK_PORT", "9000");

        var configuration = await _grafana.ReadAsync("--task-concurrency=0");

        Assert.Equal(9000, configuration.GetInteger("health-check-port"));
        Assert.Null(configuration.Group);
    }

    [Fact]
    public async Task Read_UnreadableValue_IsReported()
    {
        _grafana.With("BATON_HEALTH_CHECK_PORT", "http");

        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => _grafana.ReadAsync());

        Assert.Equal("invalid value for BATON_HEALTH_CHECK_PORT: strconv.ParseInt: parsing \"http\": invalid syntax", failure.Message);
    }

    [Fact]
    public async Task Resolve_NoConnectorIsNeeded_AsksForNoCredentialAndChecksTheRest()
    {
        _grafana.With("BATON_AUTH_METHOD", "nonsense");
        var resolver = new ConfigurationResolver(GrafanaLike.Schema);

        var configuration = resolver.Resolve(await _grafana.SourcesAsync(), _ => true);

        Assert.Null(configuration.Group);
        var (good, bad) = (await _grafana.SourcesAsync(), await _grafana.SourcesAsync("--workers", "4", "--http-timeout-seconds", "-7"));
        Assert.Contains("http-timeout-seconds", Assert.Throws<ConfigurationException>(() => resolver.Resolve(bad, _ => true)).Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => resolver.Resolve(good, _ => false));
    }
}
