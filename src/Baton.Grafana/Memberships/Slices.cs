using System.Runtime.CompilerServices;
using Baton.Grafana.Api;

namespace Baton.Grafana.Memberships;

/// <summary>
/// Cuts a response that holds all members of an organization, as it arrives, so that the size of an organization is no matter of memory.
/// </summary>
internal static class Slices
{
    private const int Rows = 1000;

    public static Membership MembershipOf(GrafanaMember member) => new(member.UserId, member.Role ?? "", member.IsExternallySynced == true);

    public static async IAsyncEnumerable<IReadOnlyList<Membership>> OfAsync(
        IAsyncEnumerable<GrafanaMember> members, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var slice in OfMembersAsync(members, cancellationToken))
        {
            yield return [.. slice.Select(MembershipOf)];
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<GrafanaMember>> OfMembersAsync(
        IAsyncEnumerable<GrafanaMember> members, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var slice = new List<GrafanaMember>(Rows);
        await foreach (var member in members.WithCancellation(cancellationToken))
        {
            slice.Add(member);
            if (slice.Count == Rows)
            {
                yield return slice;
                slice = new List<GrafanaMember>(Rows);
            }
        }

        if (slice.Count > 0)
        {
            yield return slice;
        }
    }
}
