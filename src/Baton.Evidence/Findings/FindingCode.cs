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
public readonly record struct FindingSet(uint Bits)
{
    public static FindingSet None => default;

    public bool IsEmpty => Bits == 0;

    public bool Has(FindingCode code) => (Bits & (1u << (int)code)) != 0;

    public FindingSet With(FindingCode code) => new(Bits | (1u << (int)code));

    public FindingSet With(FindingSet others) => new(Bits | others.Bits);

    public FindingSet Without(FindingCode code) => new(Bits & ~(1u << (int)code));

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
