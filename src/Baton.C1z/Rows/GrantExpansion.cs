using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Rows;

/// <summary>
/// The file keeps what makes a grant expandable apart from the grant: its <c>GrantExpandable</c> annotation goes to a column of its
/// own, and the stored message has none.
/// </summary>
internal static class GrantExpansion
{
    private static readonly string Marker = GrantExpandable.Descriptor.FullName;

    /// <summary>The stored message, and the annotation, null when it names no entitlement.</summary>
    internal readonly record struct Split(byte[] Data, byte[]? Expansion);

    public static bool IsOn(Grant grant)
    {
        foreach (var annotation in grant.Annotations)
        {
            if (IsMarker(annotation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Splits the message of a row; null when it has no such annotation.</summary>
    public static Split? TryExtract(ReadOnlySpan<byte> data)
    {
        // Nearly no row has it, and its name is in the bytes of those that do.
        if (data.IndexOf("c1.connector.v2.GrantExpandable"u8) < 0)
        {
            return null;
        }

        var grant = Grant.Parser.ParseFrom(data);
        return IsOn(grant) ? Extract(grant) : null;
    }

    public static Split Extract(Grant grant)
    {
        var stored = grant.Clone();
        byte[]? expansion = null;
        foreach (var annotation in grant.Annotations.Where(IsMarker))
        {
            stored.Annotations.Remove(annotation);
            expansion ??= NamesAnEntitlement(annotation) ? annotation.Value.ToByteArray() : null;
        }

        return new(stored.ToByteArray(), expansion);
    }

    private static bool NamesAnEntitlement(Any annotation)
        => GrantExpandable.Parser.ParseFrom(annotation.Value).EntitlementIds.Any(id => !string.IsNullOrWhiteSpace(id));

    private static bool IsMarker(Any annotation) => Any.GetTypeName(annotation.TypeUrl) == Marker;
}
