using Podium.Connectors.Catalog;
using Podium.Connectors.Deployment;
using Podium.Connectors.Lists;
using Podium.Connectors.UseCases;
using Podium.Inventory.Applying;
using Podium.Inventory.Lists;
using Podium.Tokens;

namespace Podium.Connectors.Pages;

/// <summary>What the pages of one connector show; each page needs a part of it.</summary>
internal sealed record ConnectorPageModel
{
    public required ConnectorRow Connector { get; init; }

    public required ConnectorTab Tab { get; init; }

    public required IReadOnlyList<string> Owners { get; init; }

    /// <summary>The caller may do more than look.</summary>
    public required bool MayChange { get; init; }

    /// <summary>The caller may delete it.</summary>
    public required bool MayDelete { get; init; }

    public AppCounts? Counts { get; init; }

    public IReadOnlyList<ConnectorCapability> Capabilities { get; init; } = [];

    public IReadOnlyList<SyncRow> Syncs { get; init; } = [];

    public IReadOnlyList<JournalLine> Lines { get; init; } = [];

    /// <summary>Of the log: only lines of this level.</summary>
    public JournalLevel? Level { get; init; }

    public CatalogSchema Schema { get; init; } = CatalogSchema.Empty;

    /// <summary>By name: what is stored and no secret, or what was just posted and did not do.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Secrets that are stored: never shown, kept when nothing is typed.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What was typed into one of the smaller forms, when it comes back with a problem.</summary>
    public IReadOnlyDictionary<string, string> Posted { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> OwnerAddresses { get; init; } = [];

    /// <summary>Secrets that were typed into the form that is shown again, and are not to be typed once more.</summary>
    public IReadOnlySet<string> Typed { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Those of <see cref="Typed"/>, encrypted; empty for none.</summary>
    public string SealedSecrets { get; init; } = "";

    /// <summary>The settings were tried and did not work, which may lie in something that is yet to come.</summary>
    public bool MaySaveAnyway { get; init; }

    /// <summary>By name of the field; the empty name is the whole form.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<CredentialRow> Credentials { get; init; } = [];

    /// <summary>Made by this very request, shown this once.</summary>
    public NewCredential? NewCredential { get; init; }

    public DeploymentKind DeploymentKind { get; init; }

    public IReadOnlyList<DeploymentFile> DeploymentFiles { get; init; } = [];

    public DeletionNumbers? Deletion { get; init; }

    /// <summary>Of the held sync.</summary>
    public SyncDifference? Difference { get; init; }

    public string? Said { get; init; }

    public string Path => $"/connectors/{Connector.PublicId}";

    public string? Problem(string field) => Problems.GetValueOrDefault(field);
}

internal enum ConnectorTab
{
    Overview,
    Settings,
    Deploy,
    Log,
}
