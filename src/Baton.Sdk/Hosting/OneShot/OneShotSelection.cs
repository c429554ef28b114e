using Baton.Configuration;
using Grpc.Core;

namespace Baton.Sdk.Hosting.OneShot;

/// <summary>
/// Which operation the configuration asks for. The order is upstream's, and so is that the first one wins where several are asked for;
/// here it is said which are left out.
/// </summary>
internal static class OneShotSelection
{
    private const string DefaultFeed = "baton_feed_event";

    // Upstream does not count the e-mail address, and syncs where it alone is given.
    private static readonly string[] AccountFlags = ["create-account-profile", "create-account-login", "create-account-email"];

    private static readonly string[] OnFiles = ["diff-syncs", "compact-syncs"];

    private static readonly Selector[] InOrder =
    [
        Selector.Text("grant-entitlement", GrantOperation.From, "grant-principal", "grant-principal-type"),
        Selector.Text("revoke-grant", RevokeOperation.From),
        new("event-feed", AsksForEvents, EventFeed, "event-feed-id", "event-feed-start-at", "event-feed-cursor"),
        new(
            "create-account-email",
            configuration => Array.Exists(AccountFlags, configuration.IsSet),
            CreateAccountOperation.From,
            "create-account-resource-type",
            "create-account-password-file",
            "create-account-recipient",
            "create-account-password-stdin"),
        Selector.Text("invoke-action", InvokeActionOperation.From, "invoke-action-args", "invoke-action-resource-type"),
        Selector.Switch("list-action-schemas", ListActionSchemasOperation.From, "list-action-schemas-resource-type"),
        Selector.Text("delete-resource", DeleteResourceOperation.From, "delete-resource-type"),
        Selector.Text("rotate-credentials", RotateCredentials, "rotate-credentials-type"),
        Selector.Switch("create-ticket", Tickets("create-ticket"), "ticket-template-path"),
        Selector.Switch("bulk-create-ticket", Tickets("bulk-create-ticket"), "bulk-ticket-template-path"),
        Selector.Switch("list-ticket-schemas", Tickets("list-ticket-schemas")),
        Selector.Switch("get-ticket", Tickets("get-ticket"), "ticket-id"),
        Selector.Switch("diff-syncs", DiffSyncsOperation.From, "base-sync-id", "applied-sync-id"),
        Selector.Switch("compact-syncs", CompactSyncsOperation.From, "compact-sync-ids", "compact-file-paths", "compact-output-path"),
    ];

    // Upstream understands these and does nothing with them: it syncs.
    private static readonly (string Name, string Instead)[] WithoutEffect =
    [
        ("list-resource-actions", "list-action-schemas with --list-action-schemas-resource-type"),
        ("invoke-resource-action", "invoke-action with --invoke-action-resource-type"),
        ("invoke-resource-action-resource-type", "invoke-action-resource-type"),
        ("invoke-resource-action-args", "invoke-action-args"),
    ];

    /// <returns>The operation, and the flags of those that are left out for it; null for a sync.</returns>
    /// <exception cref="ConfigurationException">
    /// An operation is asked for incompletely, or only what belongs to one: that must not become a sync that nobody asked for.
    /// </exception>
    public static (IOneShotOperation Operation, IReadOnlyList<string> LeftOut)? Find(ResolvedConfiguration configuration)
    {
        foreach (var (name, instead) in WithoutEffect)
        {
            if (configuration.IsSet(name))
            {
                throw new ConfigurationException($"--{name} has no effect: use --{instead}");
            }
        }

        var asked = Array.FindAll(InOrder, selector => selector.IsAsked(configuration));
        if (asked is [var first, .. var others])
        {
            return (first.Create(configuration), [.. others.Select(other => other.Flag)]);
        }

        foreach (var selector in InOrder)
        {
            if (Array.Find(selector.Companions, configuration.IsSet) is { } companion)
            {
                throw new ConfigurationException($"--{companion} goes with --{selector.Flag}, which is not given");
            }
        }

        return configuration.GetBoolean("dry-run")
            ? throw new ConfigurationException("--dry-run goes with a one-shot operation, and none is given: a sync changes nothing but its file")
            : null;
    }

    /// <summary>Whether it asks for an operation that needs no connector, and nothing else: what the connector needs is then not asked for.</summary>
    /// <exception cref="ConfigurationException">Another operation is asked for beside it, and wrongly.</exception>
    public static bool IsOnFilesAlone(ResolvedConfiguration configuration)
        => Array.Exists(OnFiles, configuration.GetBoolean)
            && Array.TrueForAll(InOrder, selector => OnFiles.Contains(selector.Flag) || !selector.IsAsked(configuration));

    // A string flag that upstream reads as a bool, and syncs when it cannot.
    private static bool AsksForEvents(ResolvedConfiguration configuration)
        => configuration.IsSet("event-feed") && configuration.GetString("event-feed") switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
            "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
            _ => throw new ConfigurationException("--event-feed must be true or false; --event-feed-id names the feed"),
        };

    private static UnsupportedOperation EventFeed(ResolvedConfiguration configuration)
    {
        var feed = configuration.GetString("event-feed-id") is { Length: > 0 } id ? id : DefaultFeed;
        return new("event-feed", StatusCode.NotFound, $"error: event feed id {feed} not found");
    }

    private static UnsupportedOperation RotateCredentials(ResolvedConfiguration configuration)
    {
        Setting.Require(configuration, "rotate-credentials", "the id of the resource whose credentials to rotate");
        Setting.Require(configuration, "rotate-credentials-type", "the type of the resource whose credentials to rotate");
        return new("rotate-credentials", StatusCode.Unimplemented, "resource type does not have credential manager configured");
    }

    private static Func<ResolvedConfiguration, IOneShotOperation> Tickets(string name)
        => _ => new UnsupportedOperation(name, StatusCode.Unimplemented, "ticket manager not implemented");

    /// <param name="Flag">The flag that asks for the operation.</param>
    /// <param name="IsAsked">Whether it does.</param>
    /// <param name="Create">Makes the operation from its settings.</param>
    /// <param name="Companions">Settings that mean something beside the flag alone.</param>
    private sealed record Selector(
        string Flag,
        Func<ResolvedConfiguration, bool> IsAsked,
        Func<ResolvedConfiguration, IOneShotOperation> Create,
        params string[] Companions)
    {
        public static Selector Text(string flag, Func<ResolvedConfiguration, IOneShotOperation> create, params string[] companions)
            => new(flag, configuration => configuration.IsSet(flag), create, companions);

        public static Selector Switch(string flag, Func<ResolvedConfiguration, IOneShotOperation> create, params string[] companions)
            => new(flag, configuration => configuration.GetBoolean(flag), create, companions);
    }
}
