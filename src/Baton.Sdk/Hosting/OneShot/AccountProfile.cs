using Baton.Protocol.Connector.V2;
using Baton.Configuration;
using Google.Protobuf.WellKnownTypes;
using SchemaField = Baton.Protocol.Connector.V2.ConnectorAccountCreationSchema.Types.Field;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>Who the account is for, from the settings.</summary>
internal static class AccountProfile
{
    /// <summary>The profile, in which login and e-mail address are added where it lacks them.</summary>
    /// <exception cref="ConfigurationException">The profile is no JSON object, or nothing is said of the account at all.</exception>
    public static AccountInfo Read(ResolvedConfiguration configuration)
    {
        const string profileSetting = "create-account-profile";
        var profile = configuration.GetString(profileSetting).Length > 0 ? JsonObjectText.Read(configuration, profileSetting) : new Struct();
        var login = Merge(profile, "login", configuration.GetString("create-account-login"));
        var email = Merge(profile, "email", configuration.GetString("create-account-email"));
        if (profile.Fields.Count == 0)
        {
            throw new ConfigurationException(
                "unknown provisioning action: nothing is said of the account: give --create-account-email, --create-account-login, or both");
        }

        var account = new AccountInfo { Login = login, Profile = profile };
        if (email.Length > 0)
        {
            account.Emails.Add(new AccountInfo.Types.Email { Address = email, IsPrimary = true });
        }

        return account;
    }

    /// <summary>Holds the profile to what the connector says of it.</summary>
    /// <returns>What means nothing to the connector, in a sentence each.</returns>
    /// <exception cref="ConfigurationException">A value is of another type, so that the connector would take it for missing.</exception>
    public static IReadOnlyList<string> Check(Struct profile, ConnectorAccountCreationSchema? schema)
    {
        if (schema is null)
        {
            return [];
        }

        var unknown = new List<string>();
        foreach (var (name, value) in profile.Fields)
        {
            if (!schema.FieldMap.TryGetValue(name, out var field))
            {
                unknown.Add($"'{name}' of the profile means nothing to this connector, which knows {string.Join(", ", schema.FieldMap.Keys.Order(StringComparer.Ordinal))}");
            }
            else if (!IsOfType(field, value))
            {
                throw new ConfigurationException($"create-account-profile: {name} must be {Describe(field)}");
            }
        }

        return unknown;
    }

    // The flag fills in what the profile lacks; what the profile says of itself counts.
    private static string Merge(Struct profile, string key, string text)
    {
        if (text.Length > 0 && !profile.Fields.ContainsKey(key))
        {
            profile.Fields[key] = Value.ForString(text);
        }

        return text.Length > 0 ? text
            : profile.Fields.TryGetValue(key, out var value) && value.KindCase == Value.KindOneofCase.StringValue ? value.StringValue
            : "";
    }

    private static bool IsOfType(SchemaField field, Value value) => (field.FieldCase, value.KindCase) switch
    {
        (_, Value.KindOneofCase.NullValue) => true,
        (SchemaField.FieldOneofCase.StringField, var kind) => kind is Value.KindOneofCase.StringValue or Value.KindOneofCase.NumberValue,
        (SchemaField.FieldOneofCase.BoolField, var kind) => kind == Value.KindOneofCase.BoolValue,
        (SchemaField.FieldOneofCase.IntField, var kind) => kind == Value.KindOneofCase.NumberValue,
        (SchemaField.FieldOneofCase.StringListField, var kind) => kind == Value.KindOneofCase.ListValue,
        (SchemaField.FieldOneofCase.MapField, var kind) => kind == Value.KindOneofCase.StructValue,
        _ => true,
    };

    private static string Describe(SchemaField field) => field.FieldCase switch
    {
        SchemaField.FieldOneofCase.StringField => "a string",
        SchemaField.FieldOneofCase.BoolField => "true or false",
        SchemaField.FieldOneofCase.IntField => "a number",
        SchemaField.FieldOneofCase.StringListField => "a list of strings",
        _ => "an object",
    };
}
