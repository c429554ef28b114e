using Baton.CommandLine;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Sdk.Hosting.Doctor;

/// <summary>
/// Looks whether everything is right, and says what is not and which setting to change. Changes nothing: the target system is only read, and
/// the platform is asked for an access token and nothing else.
/// </summary>
internal sealed class DoctorCommand(ConnectorDefinition definition, ConfigurationSchema schema, ProcessEnvironment environment)
{
    private static readonly StringFlag Format = new("output-format", "how to print: text, json", "text") { Short = 'o' };

    private static readonly BooleanFlag Strict = new("strict", "end with exit code 2 also when there are warnings only");

    public CommandDefinition Definition => new()
    {
        Name = "doctor",
        Summary = "Look whether everything is right, and say what is not",
        Description = "Looks at the configuration, the way to the target system, the credential and its permissions, the platform, and the disk. Nothing is changed.\n\n"
            + "The exit code is 0 when nothing failed, and 2 when something did; with --strict, warnings count as well.",
        Flags = [Format, Strict, .. schema.OwnFields.Select(schema.FlagOf)],
        Handler = RunAsync,
    };

    private async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var json = invocation.Flags.Get(Format) switch
        {
            "text" => false,
            "json" => true,
            var other => throw new UsageException($"--output-format does not know \"{other}\"; it takes text or json"),
        };
        var report = new DoctorReport(definition, json ? null : invocation.Output, environment.Redactor);
        try
        {
            var configuration = new ConfigurationResolver(schema).Resolve(ConnectorHost.Sources(invocation, environment));
            await CheckAsync(configuration, report, cancellationToken);
        }
        catch (ConfigurationException wrong)
        {
            foreach (var problem in wrong.Problems)
            {
                report.Add("configuration", ConfigurationFindings.Of(schema, problem));
            }

            report.Add("configuration", CheckResult.Skipped("the rest", "nothing else was looked at: the configuration has to be right first"));
        }

        report.End(json ? invocation.Output : null);
        return report.Failures > 0 || (report.Warnings > 0 && invocation.Flags.Get(Strict)) ? ExitCode.Failure : ExitCode.Success;
    }

    private async Task CheckAsync(ResolvedConfiguration configuration, DoctorReport report, CancellationToken cancellationToken)
    {
        report.Add("configuration", ConfigurationFindings.Of(configuration));
        report.Add("network", NetworkFindings.Of(environment.Variables));
        await foreach (var result in TargetAsync(configuration, cancellationToken))
        {
            report.Add(definition.Schema.DisplayName, result);
        }

        await foreach (var result in new PlatformCheck(configuration, environment).RunAsync(cancellationToken))
        {
            report.Add("platform", result);
        }

        report.Add("disk", DiskFindings.Of(configuration, environment));
    }

    private async IAsyncEnumerable<CheckResult> TargetAsync(
        ResolvedConfiguration configuration, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IConnector? connector = null;
        CheckResult? refusal = null;
        try
        {
            connector = definition.Create(configuration, new ConnectorContext
            {
                Loggers = NullLoggerFactory.Instance,
                Time = environment.Time,
                HttpTimeout = TimeSpan.FromSeconds(configuration.GetInteger("http-timeout-seconds")),
                Network = SyncSettings.Network(configuration, environment),
                SelectedTypes = configuration.GetStrings("sync-resource-types"),
            });
        }
        catch (ConnectorException unusable)
        {
            refusal = CheckResult.Failed("settings", unusable.Message);
        }

        if (connector is null)
        {
            yield return refusal!;
            yield break;
        }

        await using (connector)
        {
            if (connector is IDiagnosable diagnosable)
            {
                await foreach (var result in diagnosable.DiagnoseAsync(new(configuration.GetBoolean("provisioning")), cancellationToken))
                {
                    yield return result;
                }
            }
            else
            {
                yield return await ValidateAsync(connector, cancellationToken);
            }
        }
    }

    private static async Task<CheckResult> ValidateAsync(IConnector connector, CancellationToken cancellationToken)
    {
        try
        {
            await connector.ValidateAsync(cancellationToken);
            return CheckResult.Ok("validation", "it answers and takes the credential");
        }
        catch (ConnectorException refusal)
        {
            return CheckResult.Failed("validation", refusal.Message);
        }
    }
}
