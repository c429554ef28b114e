using System.Collections;
using Baton.Configuration.Secrets;
using Baton.Protocol;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Tasks;

/// <summary>
/// A message as it may leave the process: texts anywhere in it, also of messages inside of messages, have gone through the redactor.
/// Bytes stay, since what is meant to be secret in them is encrypted.
/// </summary>
internal static class RedactedMessage
{
    /// <summary>A copy; the original stays as it is.</summary>
    public static T Of<T>(T message, Redactor redactor)
        where T : class, IMessage<T>, IDeepCloneable<T>
    {
        var copy = message.Clone();
        Redact(copy, redactor);
        return copy;
    }

    private static void Redact(IMessage message, Redactor redactor)
    {
        if (message is Any any)
        {
            RedactInside(any, redactor);
            return;
        }

        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            switch (field.Accessor.GetValue(message))
            {
                case IDictionary map:
                    RedactMap(map, redactor);
                    break;
                case IList list:
                    RedactList(list, redactor);
                    break;
                case IMessage inner:
                    Redact(inner, redactor);
                    break;

                // One that is not set must not become one that is.
                case string text when redactor.Redact(text) is var shown && shown != text:
                    field.Accessor.SetValue(message, shown);
                    break;
            }
        }
    }

    private static void RedactMap(IDictionary map, Redactor redactor)
    {
        foreach (var key in map.Keys.Cast<object>().ToList())
        {
            if (map[key] is IMessage inner)
            {
                Redact(inner, redactor);
            }
            else if (map[key] is string text)
            {
                map[key] = redactor.Redact(text);
            }
        }
    }

    private static void RedactList(IList list, Redactor redactor)
    {
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is IMessage inner)
            {
                Redact(inner, redactor);
            }
            else if (list[index] is string text)
            {
                list[index] = redactor.Redact(text);
            }
        }
    }

    private static void RedactInside(Any any, Redactor redactor)
    {
        if (ProtocolTypes.Registry.Find(Any.GetTypeName(any.TypeUrl)) is not MessageDescriptor type)
        {
            return;
        }

        try
        {
            var inner = type.Parser.ParseFrom(any.Value);
            Redact(inner, redactor);
            any.Value = inner.ToByteString();
        }
        catch (InvalidProtocolBufferException)
        {
            // Whoever packed it made no message of it; nobody will read a text out of it.
        }
    }
}
