namespace Baton.Evidence.Findings;

/// <summary>What a review points out. <see cref="FindingCatalog"/> says what each means.</summary>
public enum FindingCode
{
    DisabledWithAccess,
    LeftCompany,
    ServerAdmin,
    Orphaned,
    NewPrivileged,
    Privileged,
    Dormant,
    NeverSeen,
    ServicePrivileged,
    TokenNoExpiry,
    TokenExpired,
    TokenUnused,
    DefaultAdmin,
    NoAdmin,
    External,
    NoEmail,
    SingleAdmin,
    NoAccess,
    LocalSignIn,
    DuplicateIdentity,
    DirectAndInherited,
    ServiceAccount,
    LastSeenUnknown,
    StatusConflict,
    DanglingReference,
    UnknownStatus,
}

/// <summary>A set of findings.</summary>
public readonly record struct FlagSet(uint Bits)
{
    public static FlagSet None => default;

    public bool IsEmpty => Bits == 0;

    public bool Has(FindingCode code) => (Bits & (1u << (int)code)) != 0;

    public FlagSet With(FindingCode code) => new(Bits | (1u << (int)code));

    public FlagSet With(FlagSet others) => new(Bits | others.Bits);

    public FlagSet Without(FindingCode code) => new(Bits & ~(1u << (int)code));

    /// <summary>In the order of the catalogue: the worst first.</summary>
    public IEnumerable<FindingCode> Codes()
    {
        foreach (var entry in FindingCatalog.All)
        {
            if (Has(entry.Code))
            {
                yield return entry.Code;
            }
        }
    }
}
