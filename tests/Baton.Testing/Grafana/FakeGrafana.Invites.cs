using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana;

/// <content>Invitations that are there already.</content>
public sealed partial class FakeGrafana
{
    /// <param name="orgId">Into which organization.</param>
    /// <param name="email">Whom.</param>
    /// <param name="role">As what.</param>
    /// <param name="name">The person's name.</param>
    /// <param name="invitedBy">The account that invited; null for a token.</param>
    /// <param name="created">When; null for now. What is older than the instance lets invitations live has expired.</param>
    /// <returns>Its id.</returns>
    public long AddInvite(long orgId, string email, GrafanaRole role, string name = "", long? invitedBy = null, DateTimeOffset? created = null) => Do(() =>
    {
        var id = _state.Invites.Count + 1;
        _state.Invites.Add(new()
        {
            Id = id,
            OrgId = Org(orgId).Id,
            Email = email,
            Name = name,
            Role = role,
            InvitedBy = invitedBy is { } inviter ? User(inviter) : null,
            Code = InviteRow.MakeCode(id),
            Created = created ?? _state.Now,
        });
        return id;
    });

    /// <summary>Withdraws all of an organization.</summary>
    public void RemoveInvites(long orgId) => Do(() =>
    {
        foreach (var invite in _state.Invites.Where(invite => invite.OrgId == orgId))
        {
            invite.Status = InviteRow.Revoked;
        }
    });
}
