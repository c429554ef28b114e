using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;

namespace Baton.Evidence.Access;

/// <summary>One grant: an account, a role, and how one came by the other. Small, since a file may hold millions.</summary>
public readonly struct AccessRow
{
    // How it was obtained, for nearly every grant; for one that is special in another way as well, a SpecialGrant.
    private readonly object _how;

    /// <param name="grantId">As the file has it.</param>
    public AccessRow(Principal account, AccessRole role, HowObtained how, string grantId, bool isImmutable, bool isRepeated = false)
    {
        Account = account;
        Role = role;

        // Nearly every grant is named after what it grants, and then the name needs no room.
        var name = IsUsualName(grantId, account, role) ? null : grantId;
        _how = name is null && !isImmutable && !isRepeated ? how : new SpecialGrant(how, name, isImmutable, isRepeated);
    }

    public Principal Account { get; }

    public AccessRole Role { get; }

    public HowObtained How => Special?.How ?? (HowObtained)_how;

    public AccessTarget Target => Role.Target;

    public string GrantId => Special?.Name ?? $"{Role.Id}:{Account.TypeId}:{Account.Id}";

    public bool IsImmutable => Special is { IsImmutable: true };

    /// <summary>Another grant of the same role to the same account stands before it.</summary>
    public bool IsRepeated => Special is { IsRepeated: true };

    /// <summary>By the role alone: what an account holds elsewhere is another row's, or a mark of the account.</summary>
    public bool IsPrivileged => Role.IsPrivileged;

    /// <summary>Whether a revocation of this very grant can end the access.</summary>
    public bool IsRevocable => !IsImmutable && How.IsDirect && !Account.IsMissing && !Role.IsMissing;

    /// <summary>What is noticed about the grant and its account together.</summary>
    public FindingSet Flags
    {
        get
        {
            var flags = Account.Flags;
            if (IsPrivileged)
            {
                flags = flags.With(FindingCode.Privileged);
                flags = Account.Kind is AccountKind.Service or AccountKind.System ? flags.With(FindingCode.ServicePrivileged) : flags;
            }

            flags = How is { IsDirect: true, IsInherited: true } ? flags.With(FindingCode.DirectAndInherited) : flags;
            return Account.IsMissing || Role.IsMissing || Target.IsMissing ? flags.With(FindingCode.DanglingReference) : flags;
        }
    }

    /// <summary>
    /// The same in every file that holds the grant: of the resource, the entitlement and the principal. Only a repeated grant is named by
    /// its own id as well.
    /// </summary>
    public RowId Id => IsRepeated
        ? RowId.Of(Target.TypeId, Target.Id, Role.Id, Account.TypeId, Account.Id, GrantId)
        : RowId.Of(Target.TypeId, Target.Id, Role.Id, Account.TypeId, Account.Id);

    private SpecialGrant? Special => _how as SpecialGrant;

    public AccessRow AsRepeated() => new(Account, Role, How, GrantId, IsImmutable, isRepeated: true);

    private static bool IsUsualName(string id, Principal account, AccessRole role)
        => id.Length == role.Id.Length + account.TypeId.Length + account.Id.Length + 2
            && id.StartsWith(role.Id, StringComparison.Ordinal)
            && id.EndsWith(account.Id, StringComparison.Ordinal)
            && id[role.Id.Length] == ':'
            && id[^(account.Id.Length + 1)] == ':'
            && id.AsSpan(role.Id.Length + 1, account.TypeId.Length).SequenceEqual(account.TypeId);

    private sealed record SpecialGrant(HowObtained How, string? Name, bool IsImmutable, bool IsRepeated);
}
