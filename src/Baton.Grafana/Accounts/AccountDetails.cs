using System.Globalization;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Accounts;

/// <summary>The account that somebody asks for, by the keys of the account-creation schema.</summary>
internal sealed record AccountDetails(string Login, string Email, string FullName, long? OrganizationId)
{
    public static ConnectorAccountCreationSchema Schema { get; } = new()
    {
        FieldMap =
        {
            ["full_name"] = Field("Full Name", "The full name of the user.", "John Doe", 1, required: true),
            ["email"] = Field("Email", "The email address of the user. Also the login, when none is given.", "user@example.com", 2, required: true),
            ["login"] = Field("Username", "The login of the user.", "johndoe", 3, required: false),
            ["org_id"] = Field("Organization ID", "The id of the organization that the user joins.", "1", 4, required: false),
        },
    };

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: something is missing or malformed.</exception>
    public static AccountDetails Of(AccountInfo account)
    {
        // The platform's standard fields are good, too; what the schema asked for comes first.
        var emails = account.Emails.OrderByDescending(email => email.IsPrimary).Select(email => email.Address);
        var email = First([Text(account, "email"), .. emails]);
        if (email.Length == 0)
        {
            throw Wrong("email is required for account creation");
        }

        if (!EmailRules.IsValid(email))
        {
            throw Wrong($"'{email}' is not an e-mail address");
        }

        return new(
            First([Text(account, "login"), account.Login, email]), email, First([Text(account, "full_name"), email]), ParseOrganization(Text(account, "org_id").Trim()));
    }

    private static string First(IEnumerable<string> texts) => texts.Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0) ?? "";

    private static string Text(AccountInfo account, string key)
        => account.Profile?.Fields.TryGetValue(key, out var value) != true ? ""
            : value!.KindCase == Value.KindOneofCase.NumberValue ? value.NumberValue.ToString(CultureInfo.InvariantCulture)
            : value.StringValue;

    private static long? ParseOrganization(string text)
        => text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id
            : throw Wrong($"invalid organization ID: {text} is not the number of an organization");

    private static ConnectorException Wrong(string what) => new(StatusCode.InvalidArgument, $"{Prefix.Connector}{what}");

    private static ConnectorAccountCreationSchema.Types.Field Field(string name, string description, string placeholder, int order, bool required) => new()
    {
        DisplayName = name,
        Description = description,
        Placeholder = placeholder,
        Order = order,
        Required = required,
        StringField = new(),
    };
}
