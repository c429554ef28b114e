using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baton.Testing.Grafana.Mutations;

/// <summary>
/// A gateway in front of an instance that changes one value of what passes, as broken caches, filters and future releases do. Without a
/// mutation it only remembers what was answered.
/// </summary>
public sealed class MutatingProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _answers = new(StringComparer.Ordinal);
    private readonly HttpClient _upstream = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Uri _target;
    private readonly WebApplication _host;
    private volatile Mutation? _mutation;
    private int _applied;
    private volatile bool _tookARow;

    private MutatingProxy(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _host = builder.Build();
        _host.Run(PassAsync);
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Each answer in JSON by path and query, as the instance gave it last.</summary>
    public IReadOnlyDictionary<string, byte[]> Answers => _answers;

    /// <summary>How often the mutation was applied.</summary>
    public int Applied => Volatile.Read(ref _applied);

    /// <summary>The mutation dropped a row of a list, of one of the answers to its question at least: the organizations share a path.</summary>
    public bool TookARow => _tookARow;

    /// <summary>What is changed from now on; null for nothing.</summary>
    public Mutation? Mutation
    {
        get => _mutation;
        set
        {
            Volatile.Write(ref _applied, 0);
            _tookARow = false;
            _mutation = value;
        }
    }

    public static async Task<MutatingProxy> StartAsync(Uri target, CancellationToken cancellationToken)
    {
        var proxy = new MutatingProxy(target);
        await proxy._host.StartAsync(cancellationToken);
        var listening = proxy._host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        proxy.Address = new(listening.Addresses.First() + "/");
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationToken(canceled: true));
        await _host.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_target, path.TrimStart('/')));
        if (http.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }

        foreach (var name in new[] { "Authorization", "Accept", "X-Grafana-Org-Id" })
        {
            if (http.Request.Headers.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        using var response = await _upstream.SendAsync(request, http.RequestAborted);
        var body = await response.Content.ReadAsByteArrayAsync(http.RequestAborted);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json" && body.Length > 0;
        if (isJson && response.IsSuccessStatusCode)
        {
            _answers[path] = body;
        }

        if (isJson && _mutation is { } mutation && mutation.Path == path)
        {
            Interlocked.Increment(ref _applied);
            _tookARow |= mutation.Kind == MutationKind.Drop && mutation.IsOfRow(body);
            body = mutation.Apply(body);
        }

        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
