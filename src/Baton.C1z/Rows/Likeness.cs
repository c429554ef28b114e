using Baton.Protocol;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Baton.C1z.Rows;

/// <summary>Whether two stored messages say the same. Their bytes may differ nevertheless: Go writes maps inside an <c>Any</c> in any order.</summary>
internal static class Likeness
{
    /// <summary>False when in doubt: when a row holds something else than it should.</summary>
    public static bool AreAlike(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, MessageParser? parser)
    {
        if (left.SequenceEqual(right))
        {
            return true;
        }

        if (parser is null || left.Length != right.Length)
        {
            // The order of a map changes no length.
            return false;
        }

        try
        {
            return Ordered(parser.ParseFrom(left)).Equals(Ordered(parser.ParseFrom(right)));
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static IMessage Ordered(IMessage message)
    {
        switch (message)
        {
            case ResourceType type:
                Order(type.Annotations);
                break;
            case Resource resource:
                Order(resource.Annotations);
                break;
            case Entitlement entitlement:
                Order(entitlement);
                break;
            case Grant grant:
                Order(grant.Annotations);
                Order(grant.Entitlement);
                Order(grant.Principal?.Annotations);
                break;
        }

        return message;
    }

    private static void Order(Entitlement? entitlement)
    {
        Order(entitlement?.Annotations);
        Order(entitlement?.Resource?.Annotations);
        foreach (var type in entitlement?.GrantableTo ?? [])
        {
            Order(type.Annotations);
        }
    }

    private static void Order(RepeatedField<Any>? annotations)
    {
        foreach (var annotation in annotations ?? [])
        {
            if (ProtocolTypes.Registry.Find(Any.GetTypeName(annotation.TypeUrl)) is { } type)
            {
                annotation.Value = InOrder(type.Parser.ParseFrom(annotation.Value));
            }
        }
    }

    private static ByteString InOrder(IMessage message)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true) { Deterministic = true })
        {
            message.WriteTo(output);
        }

        return ByteString.CopyFrom(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
