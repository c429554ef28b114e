using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Baton.Demo;

/// <summary>The made-up Grafana as a process, and what happens in it between two syncs: by its own API, as its administrators would do it.</summary>
internal sealed class GrafanaServer : IAsyncDisposable
{
    public const string Administrator = "admin";
    public const string Password = "admin";

    private readonly ChildProgram _program;
    private readonly HttpClient _http;

    private GrafanaServer(ChildProgram program, Uri address)
    {
        (_program, Address) = (program, address);
        _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Administrator}:{Password}")));
    }

    public Uri Address { get; }

    public static async Task<GrafanaServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var program = await ChildProgram.StartAsync(Executables.Demo, folder, "serve", "--port", "0");
        try
        {
            var line = await program.WaitForAsync("Grafana ", cancellationToken);
            return new(program, new(line.Split(" at ", 2)[1].Split(',', 2)[0]));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>A promotion, and somebody new.</summary>
    public async Task ChangeAsync(CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Patch, "api/orgs/1/users/4", new { role = "Editor" }, cancellationToken);
        await SendAsync(HttpMethod.Post, "api/admin/users", new { name = "Radia Perlman", login = "radia", email = "radia@example.com", password = Guid.NewGuid().ToString("N"), OrgId = 1 }, cancellationToken);
        await SendAsync(HttpMethod.Post, "api/orgs/2/users", new { loginOrEmail = "radia", role = "Admin" }, cancellationToken);
    }

    /// <summary>Who had left loses what was forgotten, and an account that belonged nowhere goes.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Delete, "api/orgs/1/users/6", null, cancellationToken);
        await SendAsync(HttpMethod.Delete, "api/admin/users/10", null, cancellationToken);
        await SendAsync(HttpMethod.Patch, "api/orgs/3/users/3", new { role = "Editor" }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
    }

    private async Task SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new DemoException($"Grafana answered {(int)answer.StatusCode} to {method} {path}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
