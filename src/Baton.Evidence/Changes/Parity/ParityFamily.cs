using System.Text;
using Baton.C1z;
using Baton.C1z.Sorting;

namespace Baton.Evidence.Changes.Parity;

/// <summary>The differences in one kind of object, sorted by id. Counted while they are found, and kept on disk.</summary>
public sealed class ParityFamily(C1zOptions options) : IDisposable
{
    private readonly RowSorter _rows = new(options);

    private enum Bucket : byte
    {
        OnlyInLeft,
        OnlyInRight,
        FieldMismatch,
    }

    public ParityCounts All { get; private set; }

    public SortedDictionary<string, ParityCounts> ByResourceType { get; } = new(StringComparer.Ordinal);

    /// <summary>To whom the grants go that only the left has.</summary>
    public SortedSet<string> PrincipalTypesOnlyInLeft { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> PrincipalTypesOnlyInRight { get; } = new(StringComparer.Ordinal);

    public IEnumerable<ParityItem> OnlyInLeft => Items(Bucket.OnlyInLeft);

    public IEnumerable<ParityItem> OnlyInRight => Items(Bucket.OnlyInRight);

    public IEnumerable<ParityMismatch> FieldMismatches => Of(Bucket.FieldMismatch).Select(ReadMismatch);

    public void AddOnlyInLeft(ParityItem item)
    {
        Count(item.ResourceType, new(1, 0, 0));
        PrincipalTypesOnlyInLeft.Add(item.PrincipalType);
        Add(Bucket.OnlyInLeft, item.Id, writer => writer.Write(item.ResourceType));
    }

    public void AddOnlyInRight(ParityItem item)
    {
        Count(item.ResourceType, new(0, 1, 0));
        PrincipalTypesOnlyInRight.Add(item.PrincipalType);
        Add(Bucket.OnlyInRight, item.Id, writer => writer.Write(item.ResourceType));
    }

    /// <summary>Adds the fields that differ; nothing when none does.</summary>
    public void AddMismatch(string id, string resourceType, SortedDictionary<string, string> left, SortedDictionary<string, string> right)
    {
        var fields = left.Keys.Union(right.Keys, StringComparer.Ordinal)
            .Select(path => new ParityField(path, left.GetValueOrDefault(path, ParityField.Missing), right.GetValueOrDefault(path, ParityField.Missing)))
            .Where(field => field.Left != field.Right)
            .OrderBy(field => field.Path, StringComparer.Ordinal)
            .ToList();
        if (fields.Count == 0)
        {
            return;
        }

        Count(resourceType, new(0, 0, 1));
        Add(Bucket.FieldMismatch, id, writer =>
        {
            writer.Write(resourceType);
            writer.Write7BitEncodedInt(fields.Count);
            foreach (var field in fields)
            {
                writer.Write(field.Path);
                writer.Write(field.Left);
                writer.Write(field.Right);
            }
        });
    }

    public void Dispose() => _rows.Dispose();

    private void Count(string resourceType, ParityCounts one)
    {
        All += one;
        ByResourceType[resourceType] = ByResourceType.GetValueOrDefault(resourceType) + one;
    }

    private void Add(Bucket bucket, string id, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(id);
            write(writer);
        }

        _rows.Add([(byte)bucket, .. Encoding.UTF8.GetBytes(id)], bytes.ToArray());
    }

    private IEnumerable<byte[]> Of(Bucket bucket) => _rows.Rows().Where(row => row.Key[0] == (byte)bucket).Select(row => row.Row);

    private IEnumerable<ParityItem> Items(Bucket bucket) => Of(bucket).Select(row =>
    {
        using var reader = new BinaryReader(new MemoryStream(row), Encoding.UTF8);
        return new ParityItem(reader.ReadString(), reader.ReadString());
    });

    private static ParityMismatch ReadMismatch(byte[] row)
    {
        using var reader = new BinaryReader(new MemoryStream(row), Encoding.UTF8);
        var (id, resourceType) = (reader.ReadString(), reader.ReadString());
        var fields = new ParityField[reader.Read7BitEncodedInt()];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new(reader.ReadString(), reader.ReadString(), reader.ReadString());
        }

        return new(id, resourceType, fields);
    }
}

/// <summary>How many differences there are.</summary>
public readonly record struct ParityCounts(long OnlyInLeft, long OnlyInRight, long FieldMismatches)
{
    public long Total => OnlyInLeft + OnlyInRight + FieldMismatches;

    public static ParityCounts operator +(ParityCounts one, ParityCounts other)
        => new(one.OnlyInLeft + other.OnlyInLeft, one.OnlyInRight + other.OnlyInRight, one.FieldMismatches + other.FieldMismatches);
}

/// <param name="Id">The id in the file.</param>
/// <param name="ResourceType">The type of the resource that it is, or is on.</param>
/// <param name="PrincipalType">To whom, for grants.</param>
public sealed record ParityItem(string Id, string ResourceType, string PrincipalType = "");

/// <param name="Id">The id on the left.</param>
/// <param name="Fields">What differs, by path.</param>
public sealed record ParityMismatch(string Id, string ResourceType, IReadOnlyList<ParityField> Fields);

/// <summary>One field. A side that does not have it says <see cref="Missing"/>.</summary>
public sealed record ParityField(string Path, string Left, string Right)
{
    public const string Missing = "<missing>";
}
