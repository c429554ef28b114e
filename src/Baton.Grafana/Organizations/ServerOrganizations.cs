using System.Globalization;
using System.Runtime.CompilerServices;
using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Organizations;

/// <summary>
/// The organizations of a server. Nothing tells how many there are, so that a walk over several pages must come out alike twice, and those
/// that our own account belongs to must be among them, and those that an earlier sync had.
/// </summary>
internal sealed class ServerOrganizations(GrafanaClient grafana, ServerBuildProbe build)
{
    /// <param name="earlier">The ids of those that an earlier sync had, which must be listed or be gone; null when none is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConnectorException">The list does not add up, or contradicts what Grafana says elsewhere.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Organization>> ListAsync(IReadOnlySet<string>? earlier, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = new HashSet<long>();
        HashSet<long>? before = null;
        Unlisted? missing = null;
        for (var attempt = 1; ; attempt++)
        {
            var seen = new HashSet<long>();
            await foreach (var rows in WalkAsync(seen, cancellationToken))
            {
                yield return [.. rows.Where(row => listed.Add(row.Id)).Select(Organization.Of)];
            }

            // After the list: what was made in between is then in the list of the next walk.
            var absent = await FindUnlistedAsync(seen, earlier, cancellationToken);
            if (absent is null && (seen.Count < GrafanaClient.LargestPage || before?.SetEquals(seen) == true))
            {
                yield break;
            }

            if (absent is not null && missing?.Organization.Id == absent.Organization.Id)
            {
                throw Incomplete.Contradicts($"it lists {seen.Count} organizations (/api/orgs)", Proof(absent));
            }

            (before, missing) = (seen, absent);
            Incomplete.RequireAnotherTry(attempt, "organizations", "each walk over its pages found others");
        }
    }

    /// <summary>One of them; null when there is none of that id.</summary>
    public async Task<Organization?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return Organization.Of(await grafana.GetOrganizationAsync(id, cancellationToken));
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Whether the list has one, for where its own address says otherwise.</summary>
    public async Task<bool> IsListedAsync(long id, CancellationToken cancellationToken)
    {
        await foreach (var rows in WalkAsync([], cancellationToken))
        {
            if (rows.Any(row => row.Id == id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all of them are among some.</summary>
    public async Task<bool> AreAmongAsync(IReadOnlySet<long> some, CancellationToken cancellationToken)
    {
        await foreach (var rows in WalkAsync([], cancellationToken))
        {
            if (rows.Any(row => !some.Contains(row.Id)))
            {
                return false;
            }
        }

        return true;
    }

    // One that was deleted is not found by its own address either.
    private async Task<Unlisted?> FindUnlistedAsync(HashSet<long> seen, IReadOnlySet<string>? earlier, CancellationToken cancellationToken)
    {
        if ((await grafana.ListOwnOrganizationsAsync(cancellationToken)).FirstOrDefault(own => !seen.Contains(own.OrgId)) is { } own)
        {
            return new(Organization.Of(own), IsOwn: true);
        }

        foreach (var text in earlier ?? Enumerable.Empty<string>())
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !seen.Contains(id)
                && await FindAsync(id, cancellationToken) is { } there)
            {
                return new(there, IsOwn: false);
            }
        }

        return null;
    }

    private async IAsyncEnumerable<IReadOnlyList<GrafanaOrganization>> WalkAsync(HashSet<long> seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (page, size) = (0, 0); ; page++)
        {
            var rows = await grafana.ListOrganizationsAsync(page, GrafanaClient.LargestPage, cancellationToken);
            var fresh = rows.Where(row => seen.Add(row.Id)).ToList();
            yield return fresh;

            // A short page is no end by itself: a server may have smaller pages than were asked for. One that is shorter than the first is.
            size = Math.Max(size, rows.Count);
            if (rows.Count < size || size <= 1)
            {
                yield break;
            }

            if (fresh.Count == 0)
            {
                RequirePaging(seen.Count);
                yield break;
            }
        }
    }

    // A full page and then the same again: the server does not page, and lists a thousand at most.
    private void RequirePaging(int count)
    {
        if (count == GrafanaClient.LargestPage)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition,
                $"this Grafana{(build.Known.Version is { } version ? $" ({version})" : "")} lists no more than {count} organizations, and may have others that cannot be seen; {Advice()}");
        }
    }

    private string Advice() => build.Known.Version >= GrafanaVersion.PagedOrganizations
        ? "something in front of it drops the number of the page from the address; ask whoever runs it"
        : "upgrade it to 7.2 or later";

    private static string Proof(Unlisted unlisted) => unlisted.IsOwn
        ? $"our own account belongs to {unlisted.Organization}, which is none of them (/api/user/orgs)"
        : $"it knows {unlisted.Organization}, which is none of them, and which an earlier sync had (/api/orgs/{unlisted.Organization.Id})";

    /// <summary>An organization that is there and not in the list.</summary>
    /// <param name="Organization">Which.</param>
    /// <param name="IsOwn">Our own account belongs to it; else an earlier sync had it.</param>
    private sealed record Unlisted(Organization Organization, bool IsOwn);
}
