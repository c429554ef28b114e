namespace Baton.Grafana.Api;

/// <summary>
/// A pending invitation, from <c>/api/org/invites</c>. No record, whose text would show <see cref="Code"/>; the link that holds the code
/// is not read at all.
/// </summary>
internal sealed class GrafanaInvite : IGrafanaRow
{
    public required long Id { get; init; }

    long IGrafanaRow.RowId => Id;

    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Role { get; init; }

    public string? Status { get; init; }

    public string? CreatedOn { get; init; }

    public bool? EmailSent { get; init; }

    public string? InvitedByLogin { get; init; }

    /// <summary>A bearer secret: whoever has it can take the account. Never stored, never logged.</summary>
    public string? Code { get; init; }
}
