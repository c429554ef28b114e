using System.Text.Json;
using System.Text.Json.Nodes;
using Podium.Inventory.Lists;
using Podium.People;
using Podium.SignIn;

namespace Podium.Api;

/// <summary>What goes wrong becomes an answer, here and nowhere else: a body that says it on the API, an empty one with the right status on pages.</summary>
internal static partial class ApiErrors
{
    public static void UseErrorAnswers(this WebApplication application)
    {
        var logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiErrors));
        application.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // Nobody is there to be answered.
            }
            catch (Exception failure) when (!context.Response.HasStarted && (ApiRequests.IsApi(context.Request) || Known(failure) is not null))
            {
                var (code, message, details) = Known(failure) ?? (ApiCode.Internal, "Something is wrong in this server; its log says what.", null);
                if (code == ApiCode.Internal)
                {
                    Failed(logger, failure, context.Request.Method, context.Request.Path);
                }

                var status = (failure as BadHttpRequestException)?.StatusCode ?? code.HttpStatus();
                if (ApiRequests.IsApi(context.Request))
                {
                    await WriteAsync(context, code, message, details, status);
                }
                else
                {
                    context.Response.Clear();
                    context.Response.StatusCode = status;
                }
            }
        });
    }

    public static Task WriteAsync(HttpContext context, ApiCode code, string message, JsonArray? details = null, int? status = null)
    {
        var body = new JsonObject { ["code"] = (int)code, ["message"] = message, ["details"] = details?.DeepClone() ?? new JsonArray() };
        context.Response.Clear();
        context.Response.StatusCode = status ?? code.HttpStatus();
        if (code == ApiCode.Unauthenticated)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return context.Response.WriteAsJsonAsync(body, (JsonSerializerOptions?)null, "application/json", context.RequestAborted);
    }

    /// <summary>Which member of the request is meant, in the way of gRPC's <c>BadRequest</c>.</summary>
    public static JsonArray FieldDetails(string field, string description) =>
    [
        new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
            ["fieldViolations"] = new JsonArray(new JsonObject { ["field"] = field, ["description"] = description }),
        },
    ];

    private static (ApiCode Code, string Message, JsonArray? Details)? Known(Exception failure) => failure switch
    {
        ApiException refused => (refused.Code, refused.Message, refused.Details),
        ForbiddenException forbidden => (ApiCode.PermissionDenied, forbidden.Message, null),
        PageTokenException token => (ApiCode.InvalidArgument, token.Message, null),
        Refusal refusal => (ApiCode.InvalidArgument, refusal.Message, refusal.Field is { } field ? FieldDetails(field, refusal.Message) : null),
        LastSuperAdministratorException last => (ApiCode.FailedPrecondition, last.Message, null),
        PersonExistsException exists => (ApiCode.AlreadyExists, exists.Message, null),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (ApiCode.ResourceExhausted, $"The body is too large: at most {ApiRequests.LargestBody / 1024} KiB.", null),
        BadHttpRequestException => (ApiCode.InvalidArgument, "The request is cut off, or no good HTTP.", null),
        _ => null,
    };

    [LoggerMessage(EventId = 2051, Level = LogLevel.Error, Message = "A request failed.")]
    private static partial void Failed(ILogger logger, Exception failure, string method, string path);
}
