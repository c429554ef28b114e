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
    /// <exception cref="InvalidProtocolBufferException">The row holds no grant.</exception>
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
        var expansion = grant.Annotations.FirstOrDefault(IsMarker);
        return new(
            WithoutMarkers(grant).ToByteArray(),
            expansion is not null && NamesAnEntitlement(expansion) ? expansion.Value.ToByteArray() : null);
    }

    /// <summary>The grant as it is stored; the same one where there is nothing to take away.</summary>
    public static Grant WithoutMarkers(Grant grant)
    {
        if (!IsOn(grant))
        {
            return grant;
        }

        var stored = grant.Clone();
        stored.Annotations.Clear();
        stored.Annotations.AddRange(grant.Annotations.Where(annotation => !IsMarker(annotation)));
        return stored;
    }

    // What cannot be read names nothing, as upstream has it.
    private static bool NamesAnEntitlement(Any annotation)
    {
        try
        {
            return GrantExpandable.Parser.ParseFrom(annotation.Value).EntitlementIds.Any(id => !string.IsNullOrWhiteSpace(id));
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static bool IsMarker(Any annotation) => Any.GetTypeName(annotation.TypeUrl) == Marker;
}

/// <summary>How the grants of a sync are stored.</summary>
internal enum GrantForm
{
    /// <summary>What makes a grant expandable is in a column of its own.</summary>
    Current,

    /// <summary>It is in the message, where older writers left it.</summary>
    WithExpansion,
}
