using System.Security.Cryptography;
using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Evidence.Accounts;
using Baton.Evidence.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Evidence.Checks;

/// <summary>Whether a file is something to rely on: readable, complete, and consistent in itself.</summary>
public sealed class FileCheck
{
    private readonly List<CheckFinding> _findings = [];

    public required string Path { get; init; }

    public required long Size { get; init; }

    public required C1zVersion Version { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<SyncRun> Syncs { get; init; }

    /// <summary>The one that is shown; null when there is none.</summary>
    public SyncRun? Chosen { get; private init; }

    public SyncStats Stats { get; private set; } = new();

    public IReadOnlyList<CheckFinding> Findings => _findings;

    public Verdict Verdict => _findings.Select(finding => finding.Verdict).Append(Verdict.Ok).Max();

    /// <param name="file">Opened.</param>
    /// <param name="choice">The sync that is shown.</param>
    /// <param name="limits">What makes it too old.</param>
    public static FileCheck Run(C1zFile file, CheckedSync choice, CheckLimits limits, CancellationToken cancellationToken)
    {
        using var content = File.OpenRead(file.Path);
        var check = new FileCheck
        {
            Path = file.Path,
            Size = content.Length,
            Version = file.Version,
            Hash = Convert.ToHexStringLower(SHA256.HashData(content)),
            Syncs = file.Syncs.All(),
            Chosen = choice.Run,
        };
        check.Add(choice.Remark is null ? 0 : 1, "sync", choice.Run is null ? Verdict.Fail : Verdict.Warn, choice.Remark ?? "");
        if (choice.Run is { } run)
        {
            check.CheckAge(run, limits);
            check.CheckRows(file.Read(run), cancellationToken);
        }

        return check;
    }

    private void CheckAge(SyncRun run, CheckLimits limits)
    {
        if (limits.MaximumAge is { } most && limits.Now - run.StartedAt > most)
        {
            Add(1, "age", Verdict.Fail, $"the sync started {Facts.Time(run.StartedAt)}, {(limits.Now - run.StartedAt).TotalDays:0.0} days ago");
        }
    }

    private void CheckRows(SyncReader reader, CancellationToken cancellationToken)
    {
        Stats = reader.Stats();
        if (Stats.Resources == 0)
        {
            Add(1, "empty", Verdict.Warn, "the sync holds no resources");
        }

        var (noEntitlement, noResource, noPrincipal) = (0L, 0L, 0L);
        foreach (var grant in reader.DanglingGrants())
        {
            cancellationToken.ThrowIfCancellationRequested();
            noEntitlement += grant.LacksEntitlement ? 1 : 0;
            noResource += grant.LacksResource ? 1 : 0;
            noPrincipal += grant.LacksPrincipal ? 1 : 0;
        }

        Add(noEntitlement, "grants_without_entitlement", Verdict.Warn, "grants name an entitlement that the sync does not hold");
        Add(noResource, "grants_without_resource", Verdict.Warn, "grants are on a resource that the sync does not hold");
        Add(noPrincipal, "grants_without_principal", Verdict.Warn, "grants are to somebody whom the sync does not hold");
        CheckAccounts(reader, cancellationToken);
    }

    private void CheckAccounts(SyncReader reader, CancellationToken cancellationToken)
    {
        var userTypes = reader.ResourceTypes().Where(type => type.Traits.Contains(ResourceType.Types.Trait.User)).Select(type => type.Id).ToList();
        var (noTrait, conflicts, noStatus) = (0L, 0L, 0L);
        foreach (var account in userTypes.SelectMany(type => reader.Resources(new ListFilter { ResourceTypeId = type })))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trait = Facts.Trait<UserTrait>(account);
            var (status, isConflict) = AccountReading.StatusOf(account);
            noTrait += trait is null ? 1 : 0;
            noStatus += status == AccountStatus.Unknown ? 1 : 0;
            conflicts += isConflict ? 1 : 0;
        }

        Add(noTrait, "accounts_without_trait", Verdict.Warn, "accounts carry no user trait: nothing is known of their addresses");
        Add(noStatus, "accounts_without_status", Verdict.Warn, "accounts are neither enabled nor disabled");
        Add(conflicts, "status_conflicts", Verdict.Warn, "accounts have two statuses that disagree; the resource's own counts");
    }

    private void Add(long count, string code, Verdict verdict, string text)
    {
        if (count > 0)
        {
            _findings.Add(new(code, verdict, count, text));
        }
    }
}

/// <param name="Run">The sync; null when there is none to show.</param>
/// <param name="Remark">Why there is none, or what to know about it; null when there is nothing to say.</param>
public sealed record CheckedSync(SyncRun? Run, string? Remark);

/// <param name="MaximumAge">Null for any.</param>
public sealed record CheckLimits(TimeSpan? MaximumAge, DateTimeOffset Now);

/// <param name="Code">For programs.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Count">How many.</param>
/// <param name="Text">For people; follows the count.</param>
public sealed record CheckFinding(string Code, Verdict Verdict, long Count, string Text);

/// <summary>From good to bad.</summary>
public enum Verdict
{
    Ok,
    Warn,
    Fail,
}
