using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Podium.Look;

/// <summary>A component as text, for the parts of a page that are sent anew while it is looked at.</summary>
internal sealed class Fragment(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync<TComponent>(IDictionary<string, object?>? parameters = null)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(parameters is null ? ParameterView.Empty : ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
    }
}
