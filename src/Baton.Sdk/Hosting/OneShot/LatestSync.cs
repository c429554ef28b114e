using System.Globalization;
using Baton.C1z;
using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>
/// Looks up what an operation is about in the latest finished sync of the file. The file is only read: what is changed shows in it after
/// the next sync.
/// </summary>
internal sealed class LatestSync : IDisposable
{
    private readonly C1zFile _file;
    private readonly SyncReader _rows;
    private readonly string _name;

    private LatestSync(C1zFile file, SyncReader rows, string name)
    {
        _file = file;
        _rows = rows;
        _name = name;
    }

    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: there is no file, or no finished sync in it.</exception>
    /// <exception cref="C1zException">It is a file, but not one that can be read.</exception>
    public static LatestSync Open(OperationContext context)
    {
        var path = context.RequireFile();
        C1zFile? file = null;
        try
        {
            file = C1zFile.OpenRead(path, context.FileOptions);
            var run = file.Syncs.LatestFinished() ?? throw NoSync($"{context.File} has no finished sync");
            return new(file, file.Read(run), context.File);
        }
        catch (C1zException refusal) when (refusal.Error == C1zError.Missing)
        {
            throw NoFile(context.File, refusal);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>The entitlement, with the resource that it is on.</summary>
    /// <exception cref="ConnectorException"><c>NotFound</c>: the sync does not hold it.</exception>
    public Entitlement Entitlement(string id)
    {
        var entitlement = _rows.FindEntitlement(id) ?? throw NotFound($"entitlement {id}", "entitlements");
        entitlement.Resource = Resource(entitlement.Resource?.Id ?? new(), $"which the entitlement {id} is on");
        return entitlement;
    }

    /// <summary>The grant, with its entitlement, the resource that it is on, and its principal.</summary>
    /// <exception cref="ConnectorException"><c>NotFound</c>: the sync does not hold one of them.</exception>
    public Grant Grant(string id)
    {
        var grant = _rows.FindGrant(id) ?? throw NotFound($"grant {id}", "grants");
        grant.Entitlement = Entitlement(grant.Entitlement?.Id ?? "");
        grant.Principal = Resource(grant.Principal?.Id ?? new(), $"to which the grant {id} is");
        return grant;
    }

    /// <param name="id">Its type and id.</param>
    /// <param name="role">What it is in the operation, for the message.</param>
    /// <exception cref="ConnectorException"><c>NotFound</c>: the sync does not hold it.</exception>
    public Resource Resource(ResourceId id, string role)
        => _rows.FindResource(id.ResourceType, id.Resource)
            ?? throw NotFound($"resource {id.Resource} of type {id.ResourceType}, {role}", "resources");

    public void Dispose() => _file.Dispose();

    /// <summary>For every operation that goes by what is in the file.</summary>
    public static ConnectorException NoFile(string name, C1zException cause) => NoSync($"there is no file {name}, or it is empty", cause);

    private static ConnectorException NoSync(string what, Exception? cause = null)
        => new(StatusCode.FailedPrecondition, $"{what}: run a sync into it first, or name another with --file", cause);

    private ConnectorException NotFound(string what, string listing)
    {
        var ended = _rows.Run.EndedAt?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new(
            StatusCode.NotFound,
            $"the latest sync in {_name} ({_rows.Run.TypeName}, {ended}) has no {what}: check the id (baton {listing} --file {_name} lists them), or sync again");
    }
}
