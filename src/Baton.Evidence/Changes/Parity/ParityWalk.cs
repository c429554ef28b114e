using System.Text;
using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Sorting;
using Baton.Evidence.Sorting;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.Evidence.Changes.Parity;

/// <summary>Compares the objects of two files, field by field where both have one. What is found is the caller's to dispose.</summary>
internal sealed class ParityWalk(SyncReader left, SyncReader right, IReadOnlyList<string> types, C1zOptions options, CancellationToken cancellationToken)
{
    private readonly MessageFields _fields = new(Strictness.Everything);

    public ParityFamily Resources()
        => Compare(StoredTable.Resources, (reader, id) => reader.ListedResource(id), resource => resource.Id?.ResourceType ?? "", _fields.Of, AddLoose);

    public ParityFamily Entitlements()
        => Compare(StoredTable.Entitlements, (reader, id) => reader.ListedEntitlement(id), TypeOf, _fields.Of, AddLoose);

    /// <summary>A grant whose id alone differs is one grant: the same resource, entitlement and principal.</summary>
    public ParityFamily Grants()
    {
        using var loose = new RowSorter(options);
        var key = new SortKey();
        var family = Compare(StoredTable.Grants, (reader, id) => reader.ListedGrant(id), grant => TypeOf(grant.Entitlement), _fields.Of, (_, side, grant, _) =>
        {
            Append(key.Begin(), grant.Entitlement?.Resource?.Id);
            Append(key.Append(grant.Entitlement?.Id), grant.Principal?.Id);
            loose.Add(key.Bytes, [(byte)side, .. Encoding.UTF8.GetBytes(grant.Id)]);
        });
        try
        {
            AddGrants(family, loose);
            return family;
        }
        catch
        {
            family.Dispose();
            throw;
        }
    }

    private ParityFamily Compare<T>(
        StoredTable table,
        Func<SyncReader, string, T> find,
        Func<T, string> typeOf,
        Func<T, SortedDictionary<string, string>> fieldsOf,
        Action<ParityFamily, Side, T, ParityItem> addLoose)
        where T : IMessage
    {
        var family = new ParityFamily(options);
        try
        {
            foreach (var difference in RowMerge.Differences(left, right, table))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var known = find(difference.IsInFrom ? left : right, difference.Id);
                var type = typeOf(known);
                if (types.Count > 0 && !types.Contains(type, StringComparer.Ordinal))
                {
                    continue;
                }

                if (difference is { IsInFrom: true, IsInTo: true })
                {
                    family.AddMismatch(difference.Id, type, fieldsOf(known), fieldsOf(find(right, difference.Id)));
                }
                else
                {
                    addLoose(family, difference.IsInFrom ? Side.Left : Side.Right, known, new(difference.Id, type));
                }
            }

            return family;
        }
        catch
        {
            family.Dispose();
            throw;
        }
    }

    // Those of one key follow one another, the first of the left with the first of the right.
    private void AddGrants(ParityFamily family, RowSorter loose)
    {
        byte[] key = [];
        var waiting = new Queue<(Side Side, string Id)>();
        foreach (var row in loose.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (side, id) = ((Side)row.Row[0], Encoding.UTF8.GetString(row.Row.AsSpan(1)));
            if (!row.Key.AsSpan().SequenceEqual(key))
            {
                AddAlone(family, waiting);
                key = row.Key;
            }

            if (waiting.TryPeek(out var other) && other.Side != side)
            {
                waiting.Dequeue();
                var (leftId, rightId) = side == Side.Left ? (id, other.Id) : (other.Id, id);
                var grant = left.ListedGrant(leftId);
                family.AddMismatch(leftId, TypeOf(grant.Entitlement), _fields.Of(grant), _fields.Of(right.ListedGrant(rightId)));
            }
            else
            {
                waiting.Enqueue((side, id));
            }
        }

        AddAlone(family, waiting);
    }

    private void AddAlone(ParityFamily family, Queue<(Side Side, string Id)> waiting)
    {
        while (waiting.TryDequeue(out var one))
        {
            var grant = (one.Side == Side.Left ? left : right).ListedGrant(one.Id);
            AddLoose(family, one.Side, grant, new(one.Id, TypeOf(grant.Entitlement), grant.Principal?.Id?.ResourceType ?? ""));
        }
    }

    private static void AddLoose<T>(ParityFamily family, Side side, T message, ParityItem item)
    {
        if (side == Side.Left)
        {
            family.AddOnlyInLeft(item);
        }
        else
        {
            family.AddOnlyInRight(item);
        }
    }

    private static SortKey Append(SortKey key, ResourceId? id) => key.Append(id?.ResourceType).Append(id?.Resource);

    private static string TypeOf(Entitlement? entitlement) => entitlement?.Resource?.Id?.ResourceType ?? "";

    private enum Side : byte
    {
        Left,
        Right,
    }
}
