namespace Baton.Testing.Grafana;

/// <summary>A role of access control, which exists in <see cref="GrafanaEdition.Enterprise"/> only.</summary>
/// <param name="Uid">What addresses it in this instance.</param>
/// <param name="Name">What identifies it across instances, as <c>plugins:grafana-irm-app:admin</c>.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Group">The heading that it is shown under.</param>
public sealed record RbacRole(string Uid, string Name, string DisplayName = "", string Group = "")
{
    public string Description { get; init; } = "";

    public bool IsGlobal { get; init; } = true;

    /// <summary>The one organization that has the role, where it is not <see cref="IsGlobal"/>; null is all of them.</summary>
    public long? OrganizationId { get; init; }

    /// <summary>Left out of listings, unless they are asked for hidden roles.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The caller holds all that the role permits, and so may assign it.</summary>
    public bool IsDelegatable { get; init; } = true;
}
