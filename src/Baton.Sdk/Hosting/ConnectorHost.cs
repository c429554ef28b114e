using System.Runtime.InteropServices;
using System.Text;
using Baton.CommandLine;
using Baton.Configuration;
using Baton.Configuration.Secrets;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting.Doctor;
using Baton.Sdk.Hosting.Health;
using Baton.Sdk.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Sdk.Hosting;

/// <summary>Runs a connector as a program.</summary>
public static class ConnectorHost
{
    /// <summary>The program in this process: its streams, its environment, its signals.</summary>
    public static async Task<int> RunAsync(ConnectorDefinition definition, IReadOnlyList<string> arguments)
    {
        CoreFiles.Refuse();
        using var stop = new StopRequest();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, stop.On);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, stop.On);
        return await RunAsync(definition, arguments, ProcessEnvironment.Current(), stop.Token);
    }

    /// <summary>The program in a given environment.</summary>
    public static async Task<int> RunAsync(
        ConnectorDefinition definition, IReadOnlyList<string> arguments, ProcessEnvironment environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(environment);
        await using var output = new RedactingWriter(Writer(environment.Output), environment.Redactor);
        await using var error = new RedactingWriter(Writer(environment.Error), environment.Redactor);
        ConfigurationSchema? schema = null;
        try
        {
            schema = StandardConfiguration.SchemaOf(definition.Schema, new StartupFacts(environment.OutputIsTerminal, environment.Time.GetUtcNow()));
            var root = Commands(definition, schema, environment);
            return await new CommandRunner(root, output, error).RunAsync(arguments, cancellationToken);
        }
        catch (Exception failure)
        {
            // Nobody got as far as to look which of the words are secrets.
            if (failure is UsageException)
            {
                schema?.FindSecrets(arguments, environment.Variables).ForEach(environment.Redactor.Add);
            }

            await SayAsync(error, FailureText.Of(failure));
            return ExitCode.Of(failure);
        }
    }

    private static async Task SayAsync(TextWriter error, string text)
    {
        try
        {
            await error.WriteLineAsync(text);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to be told; the exit code still says it.
        }
    }

    /// <summary>Every command there is.</summary>
    internal static CommandDefinition Commands(ConnectorDefinition definition, ConfigurationSchema schema, ProcessEnvironment environment)
    {
        var persistent = schema.Flags;
        return new CommandDefinition
        {
            Name = definition.Name,
            Summary = definition.Summary,
            Version = definition.Version,
            Flags = persistent,
            Manual = ConnectorManual.Sections(definition.Name),
            Handler = new MainCommand(definition, schema, environment).RunAsync,
            Commands =
            [
                new CommandDefinition
                {
                    Name = "capabilities",
                    Summary = "Print what the connector can do, as JSON",
                    Handler = async (invocation, _) =>
                    {
                        Sources(invocation, environment).CheckFileName(schema.Names);
                        await using var connector = definition.CreateDefault(new ConnectorContext { Loggers = NullLoggerFactory.Instance });
                        await invocation.Output.WriteAsync(CapabilitiesDocument.Print(connector));
                        return ExitCode.Success;
                    },
                },
                new CommandDefinition
                {
                    Name = "config",
                    Summary = "Print what can be configured, as JSON",
                    Handler = async (invocation, cancellationToken) =>
                    {
                        Sources(invocation, environment).CheckFileName(schema.Names);
                        using var document = new MemoryStream();
                        ConfigurationDocument.Write(definition.Schema, schema, document);
                        await invocation.Output.WriteAsync(Encoding.UTF8.GetString(document.ToArray()).AsMemory(), cancellationToken);
                        return ExitCode.Success;
                    },
                },
                new DoctorCommand(definition, schema, environment).Definition,
                new HealthCheckCommand(schema, environment).Definition,
            ],
        };
    }

    internal static ConfigurationSources Sources(Invocation invocation, ProcessEnvironment environment) => new()
    {
        Flags = invocation.Flags,
        Environment = environment.Variables,
        WorkingDirectory = environment.WorkingDirectory,
        Redactor = environment.Redactor,
    };

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { AutoFlush = true };
}
