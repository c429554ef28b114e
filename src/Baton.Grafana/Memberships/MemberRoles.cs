using Baton.Grafana.Api;
using Baton.Grafana.Listings;
using Baton.Grafana.Organizations;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Memberships;

/// <summary>Who was listed as a member of an organization with which role, each once.</summary>
internal sealed class MemberRoles(Organization organization)
{
    private readonly Dictionary<long, string> _roles = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public int Count => _roles.Count;

    public bool Contains(long account) => _roles.ContainsKey(account);

    /// <summary>Those rows that were not there before.</summary>
    /// <exception cref="ConnectorException">Somebody is there twice with different roles, or without any, or a row is of another organization.</exception>
    public IReadOnlyList<GrafanaMember> Once(IReadOnlyList<GrafanaMember> rows) => [.. rows.Where(IsNew)];

    private bool IsNew(GrafanaMember row)
    {
        if (row.OrgId != 0 && row.OrgId != organization.Id)
        {
            throw new ConnectorException(
                StatusCode.FailedPrecondition, $"asked for the members of {organization}, Grafana answers with some of organization {row.OrgId}; is something in between changing its answers?");
        }

        if (string.IsNullOrEmpty(row.Role))
        {
            throw new ConnectorException(
                StatusCode.Internal, $"Grafana lists account {row.UserId} as a member of {organization} without a role; is something in between changing its answers?");
        }

        // The roles are four texts, and the members may be many.
        if (!_names.TryGetValue(row.Role, out var role))
        {
            _names[row.Role] = role = row.Role;
        }

        return _roles.TryAdd(row.UserId, role)
            || (_roles[row.UserId] == role
                ? false
                : throw Incomplete.Contradicts($"account {row.UserId} is {role} of {organization}", $"{_roles[row.UserId]} too, in one and the same answer"));
    }
}
