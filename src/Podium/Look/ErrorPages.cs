using Microsoft.AspNetCore.Diagnostics;
using Podium.SignIn;

namespace Podium.Look;

/// <summary>What is shown for a status without a body; requests are executed again here by the status page middleware.</summary>
internal static class ErrorPages
{
    public const string Path = "/error/{0}";

    public static void MapErrorPages(this WebApplication application) => application.Map("/error/{status:int}", Show);

    private static IResult Show(int status, HttpContext context)
    {
        // Asked for directly there is no error, and so no page.
        var original = context.Features.Get<IStatusCodeReExecuteFeature>();
        var shown = original is null ? StatusCodes.Status404NotFound : status;
        var caller = context.Caller();
        return Page.Of<ErrorPage, ErrorModel>(
            new()
            {
                Status = shown,
                Path = original?.OriginalPath ?? context.Request.Path,
                SignedInAs = caller is null ? null : $"{Plain.Text(caller.DisplayName)}, {string.Join(", ", caller.Roles.Order().Select(RoleNames.Of))}",
                Message = context.Features.Get<RefusalFeature>()?.Message,
                Trace = context.TraceIdentifier,
            },
            shown);
    }
}

/// <summary>Why a request was refused, in one sentence that names who can help; set before the status is.</summary>
internal sealed record RefusalFeature(string Message);
