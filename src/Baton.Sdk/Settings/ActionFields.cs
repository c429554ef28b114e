using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>One-shot custom actions.</summary>
internal static class ActionFields
{
    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        OneShot.Text("invoke-action", "The name of the action to invoke"),
        OneShot.Text("invoke-action-args", "The arguments of the action, a JSON object", "{}"),
        OneShot.Text("invoke-action-resource-type", "The resource type of the action to invoke"),
        OneShot.Switch("list-action-schemas", "List the actions"),
        OneShot.Text("list-action-schemas-resource-type", "The resource type whose actions to list"),
        // Upstream understands these and does nothing with them.
        OneShot.Text("list-resource-actions", "Without effect"),
        OneShot.Text("invoke-resource-action", "Without effect"),
        OneShot.Text("invoke-resource-action-resource-type", "Without effect"),
        OneShot.Text("invoke-resource-action-args", "Without effect", "{}"),
    ];
}
