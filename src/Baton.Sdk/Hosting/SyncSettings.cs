using System.Globalization;
using Baton.C1z;
using Baton.C1z.Container;
using Baton.Configuration;
using Baton.Sdk.Connectors;
using Baton.Sdk.Settings;
using Baton.Sdk.Sync;
using Baton.Sdk.Tasks.Syncs;
using Microsoft.Extensions.Logging;
using Trait = Baton.Protocol.Connector.V2.ResourceType.Types.Trait;

namespace Baton.Sdk.Hosting;

/// <summary>The options of a sync, from the configuration and from the variables that are no flags.</summary>
internal static class SyncSettings
{
    /// <exception cref="ConfigurationException">Settings contradict each other, or name what is not there.</exception>
    public static SyncOptions From(ResolvedConfiguration configuration, ProcessEnvironment environment, string source)
    {
        var targets = configuration.GetStrings("sync-resources").Select(Target).ToList();
        if (configuration.GetBoolean("skip-grants") && targets.Count == 0)
        {
            throw new ConfigurationException("skip-grants can only be set within a targeted sync");
        }

        var path = configuration.GetString("file");
        if (path.Length == 0)
        {
            throw new ConfigurationException("c1zPath must be set when in on-demand mode (--file)");
        }

        return Common(configuration, environment, source) with
        {
            OutputPath = Path.Combine(environment.WorkingDirectory, path),
            Targets = targets,
            SkipEntitlementsAndGrants = configuration.GetBoolean("skip-entitlements-and-grants"),
            SkipGrants = configuration.GetBoolean("skip-grants"),
            KeepSyncs = Keep(environment),
        };
    }

    /// <summary>What a service syncs with, where a task does not say otherwise. Targets and what is skipped are the task's alone.</summary>
    /// <exception cref="ConfigurationException">Settings contradict each other, or name what is not there.</exception>
    public static SyncTaskSettings ForTasks(ResolvedConfiguration configuration, ProcessEnvironment environment, string source)
        => configuration.GetBoolean("skip-grants")
            ? throw new ConfigurationException("skip-grants can only be set within a targeted sync")
            : new()
            {
                Options = Common(configuration, environment, source),
                SkipFullSync = configuration.GetBoolean("skip-full-sync"),
                StorageEngine = configuration.GetString("storage-engine"),
            };

    /// <summary>What a connector is made with that syncs with these options.</summary>
    public static ConnectorContext ContextFor(SyncOptions options, ResolvedConfiguration configuration, ProcessEnvironment environment, ILoggerFactory loggers)
        => new()
        {
            Loggers = loggers,
            Time = environment.Time,
            Parallelism = options.Workers,
            HttpTimeout = TimeSpan.FromSeconds(configuration.GetInteger("http-timeout-seconds")),
            SelectedTypes = options.ResourceTypes,
            Network = Network(configuration, environment),
            RetryLimit = options.RetryLimit,
        };

    /// <summary>What there is between here and the target system.</summary>
    public static ConnectorNetwork Network(ResolvedConfiguration configuration, ProcessEnvironment environment) => new()
    {
        Variables = environment.Variables,
        Headers = configuration.GetSecret(HttpFields.GatewayHeader).Read,
    };

    private static SyncOptions Common(ResolvedConfiguration configuration, ProcessEnvironment environment, string source)
    {
        return new SyncOptions
        {
            OutputPath = "",
            Workers = Workers(configuration),
            ResourceTypes = [.. configuration.GetStrings("sync-resource-types").Distinct(StringComparer.Ordinal)],
            External = External(configuration, environment),
            Source = source,
            RetryLimit = RetryLimit(environment),
            FixCycles = FixesCycles(environment),
            File = FileOptions(configuration, environment),
        };
    }

    /// <exception cref="ConfigurationException">The folder for temporary files is not there.</exception>
    public static C1zOptions FileOptions(ResolvedConfiguration configuration, ProcessEnvironment environment) => new()
    {
        TemporaryFolder = TemporaryFolder(configuration, environment),
        Limits = DecodeLimits.FromEnvironment(environment.Variables),
        Time = environment.Time,
    };

    /// <summary>Whether groups that are nested in each other in a circle are expanded as one.</summary>
    public static bool FixesCycles(ProcessEnvironment environment) => !IsTrue(environment.Variables("BATON_DONT_FIX_CYCLES"));

    // Upstream's 0 is one worker, which leaves most of the time to waiting; whoever wants one worker can say 1.
    private static int Workers(ResolvedConfiguration configuration)
    {
        var workers = configuration.GetInteger("workers");
        return workers is 0 or -1 ? SyncOptions.DefaultWorkers : (int)Math.Clamp(workers, 1, 256);
    }

    private static TargetResource Target(string batonId)
    {
        try
        {
            var (id, parent) = BatonId.ParseResource(batonId);
            return new(id, parent);
        }
        catch (FormatException refusal)
        {
            throw new ConfigurationException(refusal.Message, refusal);
        }
    }

    private static ExternalResources? External(ResolvedConfiguration configuration, ProcessEnvironment environment)
    {
        var path = configuration.GetString("external-resource-c1z");
        if (path.Length == 0)
        {
            return null;
        }

        var full = Path.Combine(environment.WorkingDirectory, path);
        if (!File.Exists(full))
        {
            throw new ConfigurationException($"the specified external resource c1z file does not exist: {path}");
        }

        var filter = configuration.GetString("external-resource-entitlement-id-filter");
        var external = new ExternalResources(full) { EntitlementId = filter.Length > 0 ? filter : null };
        var traits = configuration.GetStrings("external-resource-traits").Select(ParseTrait).ToList();
        return traits.Count > 0 ? external with { Traits = traits } : external;
    }

    private static Trait ParseTrait(string name)
    {
        var bare = name.StartsWith("TRAIT_", StringComparison.OrdinalIgnoreCase) ? name["TRAIT_".Length..] : name;
        return bare.ToLowerInvariant() switch
        {
            "user" => Trait.User,
            "group" => Trait.Group,
            "role" => Trait.Role,
            "app" => Trait.App,
            "secret" => Trait.Secret,
            _ => throw new ConfigurationException($"unknown external resource trait \"{name}\""),
        };
    }

    private static string? TemporaryFolder(ResolvedConfiguration configuration, ProcessEnvironment environment)
    {
        var folder = configuration.GetString("c1z-temp-dir");
        if (folder.Length == 0)
        {
            folder = environment.Variables("BATON_TMPDIR") ?? "";
        }

        return folder.Length == 0 ? null
            : Directory.Exists(folder) ? folder
            : throw new ConfigurationException($"the specified c1z temp dir does not exist: {folder}");
    }

    private static int Keep(ProcessEnvironment environment)
        => IsTrue(environment.Variables("BATON_SKIP_CLEANUP")) ? 0
            : int.TryParse(environment.Variables("BATON_KEEP_SYNC_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out var keep) && keep > 0 ? keep
            : 2;

    /// <exception cref="ConfigurationException">It is no number.</exception>
    public static int RetryLimit(ProcessEnvironment environment)
        => environment.Variables("BATON_RETRY_LIMIT") is not { Length: > 0 } text ? RetryPolicy.DefaultLimit
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
            : throw new ConfigurationException($"BATON_RETRY_LIMIT must be a whole number, how often in a row a request is repeated, but is '{text}'");

    private static bool IsTrue(string? text) => text is "1" or "t" or "T" or "true" or "TRUE" or "True";
}
