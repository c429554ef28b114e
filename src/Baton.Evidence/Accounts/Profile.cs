using System.Globalization;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Evidence.Accounts;

/// <summary>The free-form part of a resource: the resource's own, where newer connectors put it, else that of its first trait with one.</summary>
public readonly struct Profile(Struct? fields)
{
    public static Profile Of(Resource resource) => Of(resource, Facts.Trait<UserTrait>(resource));

    /// <param name="user">The user trait of the resource, which is costly to decode twice.</param>
    public static Profile Of(Resource resource, UserTrait? user)
    {
        // The traits' profiles are deprecated, and still what older files have.
#pragma warning disable CS0612
        return new(resource.Profile
            ?? user?.Profile
            ?? Facts.Trait<GroupTrait>(resource)?.Profile
            ?? Facts.Trait<RoleTrait>(resource)?.Profile
            ?? Facts.Trait<AppTrait>(resource)?.Profile
            ?? Facts.Trait<SecretTrait>(resource)?.Profile
            ?? Facts.Trait<AgentTrait>(resource)?.Profile);
#pragma warning restore CS0612
    }

    public IEnumerable<KeyValuePair<string, Value>> Fields => fields?.Fields ?? [];

    /// <summary>The first of the keys that has a text; empty when none has.</summary>
    public string Text(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Find(key) is { KindCase: Value.KindOneofCase.StringValue, StringValue: { Length: > 0 } text })
            {
                return text;
            }
        }

        return "";
    }

    /// <summary>Null when the key is not there, or holds something else.</summary>
    public bool? Flag(string key) => Find(key) switch
    {
        { KindCase: Value.KindOneofCase.BoolValue } value => value.BoolValue,
        { KindCase: Value.KindOneofCase.StringValue } value => bool.TryParse(value.StringValue, out var flag) ? flag : null,
        _ => null,
    };

    public DateTimeOffset? Time(params ReadOnlySpan<string> keys)
        => DateTimeOffset.TryParse(Text(keys), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1 ? time : null;

    private Value? Find(string key) => fields is not null && fields.Fields.TryGetValue(key, out var value) ? value : null;
}
