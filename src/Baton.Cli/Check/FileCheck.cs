using System.Security.Cryptography;
using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;
using Baton.Cli.Commands;
using Baton.Cli.Evidence;
using Baton.Cli.Reading;
using Baton.Protocol.Connector.V2;

namespace Baton.Cli.Check;

/// <summary>Whether a file is something to rely on: readable, complete, and consistent in itself.</summary>
internal sealed class FileCheck
{
    private readonly List<Finding> _findings = [];

    public required string Path { get; init; }

    public required long Size { get; init; }

    public required C1zVersion Version { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<SyncRun> Syncs { get; init; }

    /// <summary>The one that is shown; null when there is none.</summary>
    public SyncRun? Chosen { get; private set; }

    public SyncStats Stats { get; private set; } = new();

    public IReadOnlyList<Finding> Findings => _findings;

    public Verdict Verdict => _findings.Select(finding => finding.Verdict).Append(Verdict.Ok).Max();

    public static FileCheck Run(GlobalOptions options, ProgramHost host, TimeSpan? maximumAge, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var file = FileSession.OpenFile(options, host);
        using var content = File.OpenRead(options.File);
        var check = new FileCheck
        {
            Path = options.File,
            Size = content.Length,
            Version = file.Version,
            Hash = Convert.ToHexStringLower(SHA256.HashData(content)),
            Syncs = file.Syncs.All(),
        };
        try
        {
            var choice = SyncChoice.Of(file, options.SyncId, options.AllowUnfinished);
            check.Chosen = choice.Run;
            check.Add(choice.Warning is null ? 0 : 1, "sync", Verdict.Warn, choice.Warning ?? "");
        }
        catch (CliException none)
        {
            check.Add(1, "sync", Verdict.Fail, none.Message);
            return check;
        }

        check.CheckAge(maximumAge, now);
        check.CheckRows(file.Read(check.Chosen), cancellationToken);
        return check;
    }

    private void CheckAge(TimeSpan? maximumAge, DateTimeOffset now)
    {
        if (maximumAge is { } most && now - Chosen!.StartedAt > most)
        {
            Add(1, "age", Verdict.Fail, $"the sync started {Facts.Time(Chosen.StartedAt)}, {(now - Chosen.StartedAt).TotalDays:0.0} days ago");
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

/// <param name="Code">For programs.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Count">How many.</param>
/// <param name="Text">For people; follows the count.</param>
internal sealed record Finding(string Code, Verdict Verdict, long Count, string Text);

/// <summary>From good to bad.</summary>
internal enum Verdict
{
    Ok,
    Warn,
    Fail,
}
