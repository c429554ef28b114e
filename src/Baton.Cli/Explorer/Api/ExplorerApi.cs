using System.Collections.Frozen;
using Baton.C1z;
using Baton.Cli.Explorer.Model;
using Baton.Cli.Explorer.Serving;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>Everything behind the gate: the files of the page, and the documents that it asks for.</summary>
internal sealed class ExplorerApi
{
    private const string Prefix = "/api/";

    private readonly FrozenDictionary<string, RequestDelegate> _endpoints;
    private readonly ProgramHost _host;

    public ExplorerApi(ExplorerIndex index, ExplorerSource source, ExplorerOptions options, ProgramHost host)
    {
        _host = host;
        var documents = new DocumentMaker(index);
        _endpoints = new Dictionary<string, RequestDelegate>(StringComparer.Ordinal)
        {
            ["overview"] = new OverviewEndpoint(index, source, options).HandleAsync,
            ["accounts"] = new AccountsEndpoint(index, documents).HandleAsync,
            ["resources"] = new ResourcesEndpoint(index, documents).HandleAsync,
            ["resource"] = new ResourceEndpoint(index, source, documents).HandleAsync,
            ["access"] = new AccessEndpoint(index).HandleAsync,
            ["people"] = new PeopleEndpoint(index, documents).HandleAsync,
            ["graph"] = new GraphEndpoint(index).HandleAsync,
            ["search"] = new SearchEndpoint(index, documents).HandleAsync,
            ["changes"] = new ChangesEndpoint(index, source, documents).HandleAsync,
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        try
        {
            if (path.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var endpoint = _endpoints.GetValueOrDefault(path[Prefix.Length..]) ?? throw ExplorerApiException.NotFound($"There is nothing at {path}.");
                await endpoint(context);
            }
            else if (!await PageFiles.TrySendAsync(context))
            {
                throw ExplorerApiException.NotFound($"There is nothing at {path}.");
            }
        }
        catch (ExplorerApiException refusal)
        {
            await FailAsync(context, refusal.Status, refusal.Code, refusal.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone to another view.
        }
        catch (C1zException damage)
        {
            _host.WriteDiagnostic("Error", damage.Message);
            await FailAsync(context, StatusCodes.Status500InternalServerError, "file", damage.Message);
        }
#pragma warning disable CA1031 // The last boundary of a request: the server goes on, and whoever asked is told.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            var message = $"unexpected {bug.GetType().Name}: {bug.Message} (this is a defect of baton; please report it)";
            _host.WriteDiagnostic("Error", message);
            await FailAsync(context, StatusCodes.Status500InternalServerError, "internal", message);
        }
    }

    // What has begun cannot become a failure: it is cut off, so that nobody takes half of it for the whole.
    private static Task FailAsync(HttpContext context, int status, string code, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentDisposition = default;
        return ApiAnswer.SendAsync(context, new(new(code, message)), ExplorerJson.Default.ApiFailure, status);
    }
}
