namespace Baton.Testing.Grafana.State;

/// <summary>One account. Every change to what a listing shows drops the rendered rows that show it.</summary>
internal sealed class UserRow
{
    public required long Id { get; init; }

    public required string Uid { get; init; }

    public required string Login { get; set { field = value; ChangeOrder(); } }

    public required string Email { get; set { field = value; ChangeOrder(); } }

    public required string Name { get; set { field = value; Change(); } }

    public string Theme { get; set; } = "";

    public required string Password { get; set; }

    public bool IsServerAdmin { get; set { field = value; Change(); } }

    public bool IsDisabled { get; set { field = value; Change(); } }

    public string? AuthModule { get; set { field = value; Change(); } }

    public bool IsServerAdminExternallySynced { get; init; }

    public bool IsProvisioned { get; init; }

    /// <summary>The active organization; may name one that the account has left, or that is gone.</summary>
    public long OrgId { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }

    public required DateTimeOffset LastSeen { get; set { field = value; Change(); } }

    public List<Membership> Memberships { get; } = [];

    public RenderedRow ListItem { get; } = new();

    public Membership? MembershipIn(long orgId)
    {
        foreach (var membership in Memberships)
        {
            if (membership.Org.Id == orgId)
            {
                return membership;
            }
        }

        return null;
    }

    private void Change()
    {
        ListItem.Drop();
        foreach (var membership in Memberships)
        {
            membership.Row.Drop();
        }
    }

    private void ChangeOrder()
    {
        Change();
        foreach (var membership in Memberships)
        {
            membership.Org.DropOrder();
        }
    }
}
