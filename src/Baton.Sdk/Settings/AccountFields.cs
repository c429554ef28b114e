using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>One-shot operations on accounts and other resources.</summary>
internal static class AccountFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        OneShot.Text("create-account-login", "The login of the account to create"),
        OneShot.Text("create-account-email", "The e-mail address of the account to create"),
        OneShot.Text("create-account-profile", "The profile of the account to create, a JSON object"),
        OneShot.Text("create-account-resource-type", "The resource type of the account to create"),
        OneShot.Text("create-account-password-file", "A new file for the password of the account, which only you may read"),
        OneShot.List("create-account-recipient", "Whom to encrypt the password of the account to: an age recipient or the path of a JWK"),
        OneShot.Switch("create-account-password-stdin", "Read the password of the account from standard input"),
        OneShot.Text("delete-resource", "The id of the resource to delete"),
        OneShot.Text("delete-resource-type", "The resource type of the resource to delete"),
        OneShot.Text("rotate-credentials", "The id of the resource whose credentials to rotate"),
        OneShot.Text("rotate-credentials-type", "The resource type of the resource whose credentials to rotate"),
    ];
}
