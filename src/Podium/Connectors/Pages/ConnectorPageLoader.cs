using Podium.Connectors.Lists;
using Podium.Data;
using Podium.SignIn;

namespace Podium.Connectors.Pages;

/// <summary>What every page of a connector begins with: the connector, if the caller may see it.</summary>
internal sealed class ConnectorPageLoader(ConnectorList connectors, ConnectorAccess access)
{
    /// <returns>Null when there is no such connector.</returns>
    /// <exception cref="ForbiddenException">The caller may not see it.</exception>
    public async Task<ConnectorPageModel?> FindAsync(string id, ConnectorTab tab, HttpContext context)
    {
        var end = context.RequestAborted;
        var caller = context.SignedInCaller();
        var connector = Ksuid.TryParse(id, out var publicId) ? await connectors.FindAsync(publicId, end) : null;

        // Who may see no connector is not told which there are.
        await access.EnsureMaySeeAsync(caller, connector?.Id ?? 0, end);
        return connector is null ? null : new()
        {
            Connector = connector,
            Tab = tab,
            Owners = [.. connector.Owners.Select(owner => owner.DisplayName)],
            OwnerAddresses = [.. connector.Owners.Select(owner => owner.Email)],
            MayChange = await access.MayChangeAsync(caller, connector.Id, end),
            MayDelete = ConnectorAccess.MayAdd(caller),
        };
    }

    /// <exception cref="ForbiddenException">The caller may look only.</exception>
    public Task EnsureMayChangeAsync(ConnectorPageModel model, HttpContext context)
        => access.EnsureMayChangeAsync(context.SignedInCaller(), model.Connector.Id, context.RequestAborted);
}
