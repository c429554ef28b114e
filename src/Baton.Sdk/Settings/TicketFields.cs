using Baton.Configuration;

namespace Baton.Sdk.Settings;

/// <summary>One-shot ticket operations.</summary>
internal static class TicketFields
{
    public static IReadOnlyList<FieldRelationship> Relationships { get; } =
    [
        FieldRelationship.Together("create-ticket", "ticket-template-path"),
        FieldRelationship.Together("bulk-create-ticket", "bulk-ticket-template-path"),
        FieldRelationship.Together("get-ticket", "ticket-id"),
    ];

    public static IReadOnlyList<ConfigurationField> All { get; } =
    [
        OneShot.Switch("create-ticket", "Create a ticket"),
        OneShot.Switch("bulk-create-ticket", "Create several tickets"),
        OneShot.Text("ticket-template-path", "A JSON file with the ticket to create"),
        OneShot.Text("bulk-ticket-template-path", "A JSON file with the tickets to create"),
        OneShot.Switch("get-ticket", "Read a ticket"),
        OneShot.Text("ticket-id", "The id of the ticket to read"),
        OneShot.Switch("list-ticket-schemas", "List the kinds of ticket"),
    ];
}
