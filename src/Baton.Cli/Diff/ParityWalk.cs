using Baton.C1z.Reading;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;

namespace Baton.Cli.Diff;

/// <summary>Compares the objects of two files, field by field where both have one.</summary>
internal sealed class ParityWalk(SyncReader left, SyncReader right, IReadOnlyList<string> types, CancellationToken cancellationToken)
{
    private readonly MessageFields _fields = new(Strictness.Everything);

    public ParityFamily Compare<T>(
        StoredTable table, Func<SyncReader, string, T> find, Func<T, string> typeOf, Func<MessageFields, T, SortedDictionary<string, string>> fieldsOf)
        where T : IMessage
    {
        var family = new ParityFamily();
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
                AddMismatch(family, difference.Id, type, fieldsOf(_fields, known), fieldsOf(_fields, find(right, difference.Id)));
            }
            else
            {
                var item = new ParityItem(difference.Id, type, (known as Grant)?.Principal?.Id?.ResourceType ?? "");
                (difference.IsInFrom ? family.OnlyInLeft : family.OnlyInRight).Add(item);
            }
        }

        return family;
    }

    /// <summary>A grant whose id alone differs is one grant: the same resource, entitlement and principal.</summary>
    public void MatchGrants(ParityFamily grants)
    {
        var candidates = grants.OnlyInRight.Select(item => (item, grant: right.FindGrant(item.Id)!))
            .GroupBy(one => KeyOf(one.grant))
            .ToDictionary(group => group.Key, group => new Queue<(ParityItem Item, Grant Grant)>(group));
        var matched = new HashSet<ParityItem>();
        grants.OnlyInLeft.RemoveAll(item =>
        {
            var grant = left.FindGrant(item.Id)!;
            if (!candidates.TryGetValue(KeyOf(grant), out var same) || !same.TryDequeue(out var other))
            {
                return false;
            }

            matched.Add(other.Item);
            AddMismatch(grants, item.Id, item.ResourceType, _fields.Of(grant), _fields.Of(other.Grant));
            return true;
        });
        grants.OnlyInRight.RemoveAll(matched.Contains);
        grants.FieldMismatches.Sort((one, other) => string.CompareOrdinal(one.Id, other.Id));
    }

    private static void AddMismatch(
        ParityFamily family, string id, string type, SortedDictionary<string, string> leftFields, SortedDictionary<string, string> rightFields)
    {
        var fields = leftFields.Keys.Union(rightFields.Keys, StringComparer.Ordinal)
            .Select(path => new ParityField(path, leftFields.GetValueOrDefault(path, ParityField.Missing), rightFields.GetValueOrDefault(path, ParityField.Missing)))
            .Where(field => field.Left != field.Right)
            .OrderBy(field => field.Path, StringComparer.Ordinal)
            .ToList();
        if (fields.Count > 0)
        {
            family.FieldMismatches.Add(new(id, type, fields));
        }
    }

    private static (ResourceId? Resource, string Entitlement, ResourceId? Principal) KeyOf(Grant grant)
        => (grant.Entitlement?.Resource?.Id, grant.Entitlement?.Id ?? "", grant.Principal?.Id);
}
