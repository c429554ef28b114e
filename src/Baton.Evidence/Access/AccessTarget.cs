using Baton.Evidence.Accounts;

namespace Baton.Evidence.Access;

/// <summary>What access is to: an organization, a team, a folder.</summary>
public sealed class AccessTarget
{
    private const int DeepestNesting = 32;

    private readonly List<AccessRole> _roles = [];
    private Principal? _administrator;

    public required string TypeId { get; init; }

    /// <summary>The type in words.</summary>
    public required string TypeName { get; init; }

    public required string Id { get; init; }

    /// <summary>Written <c>type:id</c>.</summary>
    public string Reference => $"{TypeId}:{Id}";

    /// <summary>The display name; the reference when there is none.</summary>
    public required string Name { get; init; }

    /// <summary>The name; with the organization, or else the id, where others of the type have the same.</summary>
    public string Label { get => field ?? Name; internal set; }

    /// <summary>The resource that it belongs to; null for one that stands alone.</summary>
    public AccessTarget? Parent { get; internal set; }

    /// <summary>The name of the outermost resource around it, which is itself when there is none.</summary>
    public string Organization => WithAncestors().Last().Name;

    public bool IsMissing { get; init; }

    public IReadOnlyList<AccessRole> Roles => _roles;

    /// <summary>The resource itself, then those around it, from the inside to the outside.</summary>
    public IEnumerable<AccessTarget> WithAncestors()
    {
        // Files come from strangers: parents may form a circle.
        var steps = 0;
        for (var target = this; target is not null && steps < DeepestNesting; target = target.Parent, steps++)
        {
            yield return target;
        }
    }

    /// <summary>Whether anybody is known to be enabled and to hold access.</summary>
    public bool HasEnabledHolder { get; private set; }

    /// <summary>How many enabled accounts hold a privileged role: 0, 1, or 2 for more.</summary>
    public int EnabledAdministrators { get; private set; }

    internal void Add(AccessRole role) => _roles.Add(role);

    internal void CountHolder(Principal account, AccessRole role)
    {
        HasEnabledHolder = true;
        if (role.IsPrivileged && account != _administrator)
        {
            EnabledAdministrators = Math.Min(2, EnabledAdministrators + 1);
            _administrator ??= account;
        }
    }
}
