using Podium.Connectors.Lists;
using Podium.Look;

namespace Podium.Connectors.Pages;

/// <summary>The parts of a connector's pages that change while they are looked at: its chip, what is to know now, its syncs, its log.</summary>
internal static class ConnectorLive
{
    private const int ShownSyncs = 20;
    private const int MostLines = 100;

    public static async Task StreamAsync(
        string id, HttpContext context, ConnectorPageLoader loader, ConnectorJournal journal, SyncList syncs, ConnectorChanges changes, Fragment fragment)
    {
        if (await loader.FindAsync(id, ConnectorTab.Overview, context) is not { } model)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var lines = await journal.LinesAsync(model.Connector, after: null, 1, context.RequestAborted);
        var last = lines.Count == 0 ? 0 : lines[^1].Id;
        await using var stream = await EventStream.BeginAsync(context);
        try
        {
            await foreach (var turn in changes.WatchAsync(model.Connector.Id, id, stream.Ended))
            {
                if (await loader.FindAsync(id, ConnectorTab.Overview, context) is not { } now)
                {
                    return;
                }

                var added = turn == 1 ? [] : await journal.LinesAsync(now.Connector, last, MostLines, stream.Ended);
                last = added.Count == 0 ? last : added[^1].Id;
                context.Give(now with { Syncs = await syncs.OfAsync(now.Connector.Id, before: null, ShownSyncs, stream.Ended), Lines = added });
                await stream.PartAsync("chip", await fragment.RenderAsync<ConnectorChipPart>());
                await stream.PartAsync("notice", await fragment.RenderAsync<ConnectorNotice>());
                await stream.PartAsync("syncs", await fragment.RenderAsync<ConnectorSyncs>());
                if (added.Count > 0)
                {
                    await stream.LinesAsync("log", await fragment.RenderAsync<ConnectorLogLines>());
                }
            }
        }
        catch (OperationCanceledException) when (stream.Ended.IsCancellationRequested)
        {
            // The browser asks again, or is gone.
        }
    }
}
