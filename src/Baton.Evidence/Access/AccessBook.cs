using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Evidence.Accounts;

namespace Baton.Evidence.Access;

/// <summary>
/// Who has which access, of one sync: what a review, the findings and the explorer show. In memory, and small: an account is a few
/// hundred bytes, a grant a few dozen; the messages of the file are not kept.
/// </summary>
public sealed class AccessBook
{
    public required SyncRun Run { get; init; }

    public required EvidenceOptions Options { get; init; }

    /// <summary>The time that ages are counted to.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>By name. Groups and others that hold grants are among them.</summary>
    public required IReadOnlyList<Principal> Accounts { get; init; }

    /// <summary>What access is to, by type and name. Resources without entitlements or grants are not among them.</summary>
    public required IReadOnlyList<AccessTarget> Targets { get; init; }

    /// <summary>Everything that is not an account, by type and name: also what nobody has access to.</summary>
    public required IReadOnlyList<AccessTarget> Resources { get; init; }

    /// <summary>By target, the most privileged first.</summary>
    public required IReadOnlyList<AccessRole> Roles { get; init; }

    /// <summary>By target, then the most privileged, then account.</summary>
    public required IReadOnlyList<AccessRow> Rows { get; init; }

    public required IReadOnlyList<Secret> Secrets { get; init; }

    /// <summary>Whether any account says when it was last seen, or that it never was.</summary>
    public bool KnowsLastSeen { get; init; }

    /// <summary>Reads the whole sync.</summary>
    /// <param name="progress">Told now and then how many rows have been read.</param>
    public static AccessBook Read(SyncReader reader, EvidenceOptions options, CancellationToken cancellationToken, IProgress<long>? progress = null)
        => new AccessBookBuilder(reader, options, progress).Build(cancellationToken);
}
