using System.Text.Json;
using Baton.Evidence.Sheets;

namespace Baton.Evidence.Review.Decisions;

/// <summary>What became of the decisions, as a list.</summary>
public static class VerificationList
{
    private static readonly Column<Verification>[] Columns =
    [
        new("Result", row => row.Result) { Tones = result => result == Verification.Gone ? CellTone.Good : CellTone.Bad },
        new("Decision", row => row.Decision.NewRole is { } role ? $"change to {role}" : row.Decision.Kind.Name()),
        new("Account", row => row.Decision.AccountName),
        new("Account ID", row => row.Decision.AccountId),
        new("Email", row => row.Decision.Email) { IsDetail = true },
        new("Resource", row => row.Decision.ResourceName),
        new("Resource ID", row => row.Decision.ResourceId) { IsDetail = true },
        new("Role", row => row.Decision.Role),
        new("Ticket", row => row.Decision.Ticket ?? ""),
        new("Grant", row => row.Decision.GrantId) { IsDetail = true },
    ];

    public static RowKind<Verification> Kind { get; } = new(
        "verifications", Columns, () => new HeldForm<Verification>((json, row) => JsonSerializer.Serialize(json, row, VerificationJson.Default.Verification)))
    {
        Texts = Texts,
    };

    private static IEnumerable<string> Texts(Verification row) =>
    [
        row.Decision.AccountName, row.Decision.AccountId, row.Decision.Login, row.Decision.Email, row.Decision.ResourceName, row.Decision.ResourceId,
        row.Decision.Role, row.Decision.GrantId, row.Decision.Ticket ?? "",
    ];
}
