namespace Baton.CommandLine.Tests;

/// <summary>A program of the shape of a connector, that remembers how it was called.</summary>
internal sealed class SampleProgram
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public static StringFlag File { get; } = new("file", "the file", "sync.c1z") { Short = 'f', Persistent = true };

    public static BooleanFlag Provisioning { get; } = new("provisioning", "allow changes") { Short = 'p', Persistent = true };

    public static IntegerFlag Workers { get; } = new("workers", "how many at once") { Persistent = true };

    public static StringsFlag Types { get; } = new("types", "which types") { Persistent = true };

    public static StringFlag Hostname { get; } = new("hostname", "required: where it is ($BATON_HOSTNAME)");

    public static IntegerFlag Port { get; } = new("port", "which port", 8081) { Hidden = true };

    public static StringFlag Endpoint { get; } = new("endpoint", "what to ask", "health") { Placeholder = "name" };

    public Invocation? Called { get; private set; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public CommandDefinition Definition => new()
    {
        Name = "baton-grafana",
        Version = "dev",
        Flags = [File, Provisioning, Workers, Types, Hostname, Port],
        Handler = Remember,
        Commands =
        [
            new() { Name = "health-check", Summary = "Ask for the health", Flags = [Endpoint], Handler = Remember },
            new() { Name = "capabilities", Summary = "Print what it can do", Handler = Remember },
            new() { Name = "internal", Hidden = true, Handler = Remember },
            new() { Name = "diff", Summary = "Compare", Arguments = new(2, 2, "OLD NEW"), Handler = Remember },
        ],
    };

    public async Task<int> RunAsync(params string[] words)
        => await new CommandRunner(Definition, _output, _error).RunAsync(words, TestContext.Current.CancellationToken);

    /// <summary>Runs a line that should reach a handler.</summary>
    public static async Task<Invocation> CallAsync(params string[] words)
    {
        var program = new SampleProgram();
        Assert.Equal(7, await program.RunAsync(words));
        Assert.NotNull(program.Called);
        return program.Called;
    }

    /// <summary>Runs a line that should be refused.</summary>
    public static async Task<UsageException> RefuseAsync(params string[] words)
    {
        var program = new SampleProgram();
        var refusal = await Assert.ThrowsAsync<UsageException>(() => program.RunAsync(words));
        Assert.Null(program.Called);
        Assert.Equal("", program.Output + program.Error);
        return refusal;
    }

    private Task<int> Remember(Invocation invocation, CancellationToken cancellationToken)
    {
        Called = invocation;
        return Task.FromResult(7);
    }
}
