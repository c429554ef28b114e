using System.Net;
using System.Text.Json.Nodes;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Explorer;

/// <summary>The explorer, started as the program starts it, and asked over a socket. It must end cleanly, and leave nothing behind.</summary>
internal sealed class ExplorerRun : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly CancellationTokenSource _interrupt;
    private readonly Task<int> _program;
    private readonly StringWriter _error;

    private ExplorerRun(TemporaryFolder folder, CancellationTokenSource interrupt, Task<int> program, StringWriter error, Uri address)
    {
        _folder = folder;
        _interrupt = interrupt;
        _program = program;
        _error = error;
        Address = address;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
    }

    /// <summary>With the token.</summary>
    public Uri Address { get; }

    /// <summary>Without the token.</summary>
    public Uri Root => new(Address, "/");

    public HttpClient Http { get; }

    public string Error => _error.ToString();

    public static async Task<ExplorerRun> StartAsync(string file, params string[] arguments)
    {
        var folder = new TemporaryFolder();
        var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = new LineWriter();
        var error = new StringWriter();
        var host = new ProgramHost(output, error, name => name == "BATON_TMPDIR" ? folder.Path : null, Terminal: null);
        var program = Task.Run(() => BatonProgram.RunAsync(["explorer", "-f", file, "-o", "json", .. arguments], host, interrupt.Token));
        if (await Task.WhenAny(program, output.FirstLine) == program)
        {
            folder.Dispose();
            throw new InvalidOperationException($"The explorer ended with {await program}: {error}");
        }

        var told = JsonNode.Parse(await output.FirstLine)!;
        return new(folder, interrupt, program, error, new Uri((string)told["url"]!));
    }

    public async Task<JsonNode> Get(string path) => JsonNode.Parse(await Http.GetStringAsync($"api/{path}", TestContext.Current.CancellationToken))!;

    public async Task<string> GetText(string path) => await Http.GetStringAsync($"api/{path}", TestContext.Current.CancellationToken);

    /// <summary>The message of a request that is refused.</summary>
    public async Task<string> Refused(string path, HttpStatusCode status)
    {
        using var answer = await Http.GetAsync($"api/{path}", TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        Assert.NotEqual("", (string?)error["code"]);
        return (string)error["message"]!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _interrupt.CancelAsync();
        Assert.Equal(0, await _program);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        _interrupt.Dispose();
        _folder.Dispose();
    }

    private sealed class LineWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> FirstLine => _line.Task;

        public override Task FlushAsync()
        {
            _line.TrySetResult(ToString());
            return Task.CompletedTask;
        }
    }
}
