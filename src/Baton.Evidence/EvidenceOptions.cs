using Baton.Evidence.Access;
using Baton.Evidence.Accounts;

namespace Baton.Evidence;

/// <summary>What is taken for dormant, privileged, or foreign.</summary>
public sealed record EvidenceOptions
{
    /// <summary>Seen longer ago than this is dormant.</summary>
    public int DormantDays { get; init; } = 90;

    /// <summary>An account that never signed in is pointed out when it is older than this.</summary>
    public int NewDays { get; init; } = 30;

    public PrivilegeRule Privilege { get; init; } = new();

    /// <summary>The domains of the company's own addresses, <c>*.example.com</c> for those below one; empty when none were given.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Who works here, by the personnel department; null when nobody said.</summary>
    public EmployeeList? People { get; init; }

    /// <summary>The time that ages are counted to; null for the end of the sync.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
