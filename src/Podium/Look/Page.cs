using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Podium.Look;

/// <summary>
/// A component as the answer to a request. The endpoint has decided what it is (found, refused, somewhere else) before a byte is written: a
/// component that found out later could only say so by a script.
/// </summary>
internal static class Page
{
    public static IResult Of<TComponent>(int status = StatusCodes.Status200OK)
        where TComponent : IComponent
        => new RazorComponentResult<TComponent> { StatusCode = status, PreventStreamingRendering = true };

    public static IResult Of<TComponent, TModel>(TModel model, int status = StatusCodes.Status200OK)
        where TComponent : IComponent
        where TModel : class
        => new PageResult<TComponent, TModel>(model, status);

    /// <summary>After a form: the browser asks for <paramref name="address"/>, so that going back or reloading sends nothing twice.</summary>
    public static IResult SeeOther(string address) => new SeeOtherResult(address);

    private sealed class PageResult<TComponent, TModel>(TModel model, int status) : IResult
        where TComponent : IComponent
        where TModel : class
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Give(model);
            return Of<TComponent>(status).ExecuteAsync(httpContext);
        }
    }

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
