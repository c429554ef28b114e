using System.Text;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Hosting;
using Baton.Sdk.Settings;
using Baton.Sdk.Tests.Sync;
using Microsoft.Extensions.Time.Testing;

namespace Baton.Sdk.Tests.Hosting;

/// <summary>A scripted connector as a program, in a folder and with streams of its own.</summary>
internal sealed class ScriptedProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baton-hosting-");
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    public Func<ResolvedConfiguration, ConnectorContext, IConnector> Create { get; set; } = (_, _) => new ScriptedConnector();

    public ScriptedConnector Default { get; set; } = new();

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The clock of the program; <see cref="Time"/> unless a test sets another.</summary>
    public TimeProvider? Clock { get; init; }

    public bool OnATerminal { get; set; }

    public bool OutputOnATerminal { get; set; }

    /// <summary>What is on standard input; null for a terminal.</summary>
    public string? Input { get; set; } = "";

    public string Folder => _folder.FullName;

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => Encoding.UTF8.GetString(_error.ToArray());

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public ProcessEnvironment Environment => new()
    {
        Variables = name => Variables.GetValueOrDefault(name),
        WorkingDirectory = Folder,
        Output = _output,
        Error = _error,
        Input = new MemoryStream(Encoding.UTF8.GetBytes(Input ?? "")),
        InputIsTerminal = Input is null,
        ErrorIsTerminal = OnATerminal,
        OutputIsTerminal = OutputOnATerminal,
        Time = Clock ?? Time,
    };

    public Task<int> RunAsync(params string[] arguments)
        => ConnectorHost.RunAsync(Definition(), arguments, Environment, TestContext.Current.CancellationToken);

    /// <summary>Runs until it is interrupted.</summary>
    public Task<int> RunUntilAsync(CancellationToken interruption, params string[] arguments)
        => ConnectorHost.RunAsync(Definition(), arguments, Environment, interruption);

    /// <summary>Forgets what was written until now.</summary>
    public void ClearStreams()
    {
        _output.SetLength(0);
        _error.SetLength(0);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ConnectorDefinition Definition() => new()
    {
        Name = "baton-scripted",
        Version = "1.2.3",
        Summary = "A connector made of functions",
        Schema = new ConnectorSchema
        {
            DisplayName = "Scripted",
            Fields = [new StringField("hostname") { Description = "Where it is" }, new StringField("password") { Description = "How to get in", Secret = true }],
        },
        Create = (configuration, context) => Create(configuration, context),
        CreateDefault = _ => Default,
        Source = configuration => configuration.GetString("hostname"),
    };
}
