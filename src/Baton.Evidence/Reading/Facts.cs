using System.Globalization;
using Baton.Protocol.Connector.V2;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Reading;

/// <summary>What the messages say, in the words of a table. Whatever is missing is an empty text.</summary>
public static class Facts
{
    private static readonly EnumDescriptor TraitNames = Names(ResourceType.Descriptor, "Trait");
    private static readonly EnumDescriptor PurposeNames = Names(Protocol.Connector.V2.Entitlement.Descriptor, "PurposeValue");

    /// <summary>Written <c>type:id</c>, as filters take it.</summary>
    public static string Reference(ResourceId? id) => id is null ? "" : $"{id.ResourceType}:{id.Resource}";

    /// <summary>The display name; the reference when there is none.</summary>
    public static string Name(Resource? resource)
        => resource is null ? "" : resource.DisplayName.Length > 0 ? resource.DisplayName : Reference(resource.Id);

    public static string Traits(ResourceType? type)
        => type is null ? "" : string.Join(", ", type.Traits.Select(trait => Word(TraitNames, (int)trait, "TRAIT_")));

    public static string Purpose(Entitlement? entitlement)
        => Word(PurposeNames, (int)(entitlement?.Purpose ?? default), "PURPOSE_VALUE_");

    /// <summary>What people call the entitlement on its resource: <c>Admin</c>.</summary>
    public static string Role(Entitlement? entitlement)
        => entitlement is null ? "" : entitlement.Slug.Length > 0 ? entitlement.Slug : entitlement.DisplayName.Length > 0 ? entitlement.DisplayName : entitlement.Id;

    public static bool IsImmutable(Grant grant) => grant.Annotations.Any(annotation => IsOf(annotation, typeof(GrantImmutable)));

    /// <summary>A text in the profile: the resource's own, else that of its user trait. Empty when it is missing or no text or number.</summary>
    public static string ProfileText(Resource? resource, string key) => ProfileText(Profile(resource, Trait<UserTrait>(resource)), key);

    public static string ProfileText(Struct? profile, string key) => profile?.Fields.GetValueOrDefault(key) switch
    {
        { HasStringValue: true } text => text.StringValue,
        { HasNumberValue: true } number => number.NumberValue.ToString("R", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>The resource's own profile; else that of its trait, where older connectors put it.</summary>
#pragma warning disable CS0612
    public static Struct? Profile(Resource? resource, UserTrait? trait) => resource?.Profile ?? trait?.Profile;
#pragma warning restore CS0612

    public static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";

    /// <summary>The first trait of a kind; null when there is none, or it is damaged.</summary>
    public static T? Trait<T>(Resource? resource)
        where T : class, IMessage<T>, new()
    {
        try
        {
            foreach (var annotation in resource?.Annotations ?? [])
            {
                if (IsOf(annotation, typeof(T)))
                {
                    var trait = new T();
                    trait.MergeFrom(annotation.Value);
                    return trait;
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // A damaged trait tells nothing about its resource, which is listed all the same.
        }

        return null;
    }

    // Asking a message type for its name sets up the descriptions of all types that it has to do with, which is megabytes and lists need none.
    private static bool IsOf(Any annotation, System.Type type)
    {
        const string package = "c1.connector.v2.";
        var name = annotation.TypeUrl.AsSpan(annotation.TypeUrl.LastIndexOf('/') + 1);
        return name.StartsWith(package, StringComparison.Ordinal) && name[package.Length..].SequenceEqual(type.Name);
    }

    private static EnumDescriptor Names(MessageDescriptor message, string name) => message.EnumTypes.Single(type => type.Name == name);

    private static string Word(EnumDescriptor names, int number, string prefix)
    {
        if (number == 0)
        {
            return "";
        }

        var name = names.FindValueByNumber(number)?.Name ?? number.ToString();
        return (name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name).ToLowerInvariant();
    }
}
