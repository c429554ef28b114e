using System.Text;
using Baton.C1z;
using Baton.C1z.Sorting;
using Baton.Evidence.Sorting;

namespace Baton.Evidence.Changes;

/// <summary>
/// The grants that only one side has, to be brought together by whom they are granted to. Files that have nothing in common have as many
/// as grants, so they are kept on disk; those of one principal are in memory together.
/// </summary>
internal sealed class LooseGrants(C1zOptions options) : IDisposable
{
    private readonly RowSorter _rows = new(options);
    private readonly SortKey _key = new();

    public void Add(LooseGrant grant, bool isInFrom)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(isInFrom);
            writer.Write(grant.Id);
            writer.Write(grant.EntitlementId);
            writer.Write(grant.Resource.TypeId);
            writer.Write(grant.Resource.Id);
            writer.Write(grant.Principal.TypeId);
            writer.Write(grant.Principal.Id);
        }

        _rows.Add(_key.Begin().Append(grant.Principal.TypeId).Append(grant.Principal.Id).Bytes, bytes.ToArray());
    }

    /// <summary>What went and what came, for one principal after the other; in each in the order in which it was added.</summary>
    public IEnumerable<(List<LooseGrant> Removed, List<LooseGrant> Added)> ByPrincipal()
    {
        byte[] key = [];
        (List<LooseGrant> Removed, List<LooseGrant> Added) group = ([], []);
        foreach (var row in _rows.Rows())
        {
            if (!row.Key.AsSpan().SequenceEqual(key))
            {
                if (key.Length > 0)
                {
                    yield return group;
                    group = ([], []);
                }

                key = row.Key;
            }

            using var reader = new BinaryReader(new MemoryStream(row.Row), Encoding.UTF8);
            (reader.ReadBoolean() ? group.Removed : group.Added).Add(new(
                reader.ReadString(), reader.ReadString(), (reader.ReadString(), reader.ReadString()), (reader.ReadString(), reader.ReadString())));
        }

        if (key.Length > 0)
        {
            yield return group;
        }
    }

    public void Dispose() => _rows.Dispose();
}

/// <summary>What is kept of a grant that one side does not have.</summary>
internal sealed record LooseGrant(string Id, string EntitlementId, (string TypeId, string Id) Resource, (string TypeId, string Id) Principal);
