using System.Globalization;
using Baton.Grafana.Permissions;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Organizations;

/// <summary>What a listing within organizations needs.</summary>
/// <param name="What">What is listed there, in the plural: <c>teams</c>.</param>
/// <param name="Actions">The permissions.</param>
/// <param name="Types">The resource types that it is for.</param>
internal sealed record Needs(string What, IReadOnlyList<NeededAction> Actions, params IReadOnlyList<string> Types)
{
    /// <summary>
    /// Whether the types may be left out where no organization lets us read them: nobody asked for them by name, and no earlier sync has
    /// any, which would look deleted.
    /// </summary>
    public bool MayBeLeftOut(ISyncContext sync) => !Types.Any(type => sync.IsRequested(type) || sync.MayHaveBeenSynced(type));

    /// <summary>Whether an earlier sync had some of the types in an organization.</summary>
    public bool WereThere(ISyncContext sync, long organizationId)
        => Types.Any(type => sync.EarlierPlaces(type)?.Contains(organizationId.ToString(CultureInfo.InvariantCulture)) == true);
}
