using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Connectors;

/// <summary>The <c>repeated Any annotations</c> of the field's messages: typed remarks, in order, the first of a type winning.</summary>
public static class Annotations
{
    /// <summary>The annotation as it stands in a list.</summary>
    public static Any Of(IMessage message) => Any.Pack(message);

    public static bool Has(IEnumerable<Any> annotations, MessageDescriptor type)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        foreach (var annotation in annotations)
        {
            if (annotation.Is(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first annotation of the type, or null.</summary>
    /// <exception cref="InvalidProtocolBufferException">Its bytes are not of that type.</exception>
    public static T? Find<T>(IEnumerable<Any> annotations)
        where T : class, IMessage<T>, new()
        => All<T>(annotations).FirstOrDefault();

    public static IEnumerable<T> All<T>(IEnumerable<Any> annotations)
        where T : class, IMessage<T>, new()
    {
        var type = new T().Descriptor;
        return annotations.Where(annotation => annotation.Is(type)).Select(annotation => annotation.Unpack<T>());
    }
}
