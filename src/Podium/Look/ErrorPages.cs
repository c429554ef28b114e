using System.Data.Common;
using Npgsql;
using Podium.Api;
using Podium.Inventory.Lists;
using Podium.SignIn;

namespace Podium.Look;

/// <summary>
/// What a person sees where a request ended without a page: refused, not there, broken. What has a body already, and what programs call, is left alone.
/// </summary>
internal static partial class ErrorPages
{
    public static void UseErrorPages(this WebApplication application)
    {
        var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPages));
        application.Use(async (context, next) =>
        {
            if (ApiRequests.CarriesNoCookies(context.Request))
            {
                await next(context);
                return;
            }

            string? message = null;
            try
            {
                await next(context);
            }
            catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                (var status, message) = StatusOf(failure);
                if (status >= StatusCodes.Status500InternalServerError)
                {
                    Failed(logger, failure, context.Request.Method, context.Request.Path, context.TraceIdentifier);
                }

                Clear(context.Response);
                context.Response.StatusCode = status;
            }

            if (context.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null, ContentLength: null })
            {
                await ShowAsync(context, message);
            }
        });
    }

    private static async Task ShowAsync(HttpContext context, string? message)
    {
        var caller = context.Caller();
        var status = context.Response.StatusCode;
        var model = new ErrorModel
        {
            Status = status,
            Path = context.Request.Path,
            SignedInAs = caller is null ? null : $"{caller.DisplayName}, {string.Join(", ", caller.Roles.Order().Select(RoleNames.Of))}",
            Message = message,
            WhoCanHelp = status == StatusCodes.Status403Forbidden && caller is not null ? await WhoCanHelp.OfAsync(context) : [],
            Trace = context.TraceIdentifier,
        };
        await Page.Of<ErrorPage, ErrorModel>(model, status).ExecuteAsync(context);
    }

    private static (int Status, string? Message) StatusOf(Exception failure) => failure switch
    {
        ForbiddenException forbidden => (StatusCodes.Status403Forbidden, forbidden.Message),
        ApiException refused => (refused.Code.HttpStatus(), refused.Message),
        Refusal refusal => (StatusCodes.Status422UnprocessableEntity, refusal.Message),
        PageTokenException stale => (StatusCodes.Status400BadRequest, stale.Message),
        BadHttpRequestException bad => (bad.StatusCode, null),
        _ when IsUnreachableDatabase(failure) => (StatusCodes.Status503ServiceUnavailable, null),
        _ => (StatusCodes.Status500InternalServerError, null),
    };

    // Entity Framework wraps what the connection says; PostgreSQL's own answer to a statement is a PostgresException, and a bug of ours.
    private static bool IsUnreachableDatabase(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is NpgsqlException and not PostgresException or DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }

    // The headers that every answer has stay.
    private static void Clear(HttpResponse response)
    {
        response.ContentType = null;
        response.ContentLength = null;
        response.Headers.Remove("Set-Cookie");
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "A page failed.")]
    private static partial void Failed(ILogger logger, Exception failure, string method, string path, string trace);
}
