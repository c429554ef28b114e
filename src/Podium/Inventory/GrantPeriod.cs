using Podium.Data;

namespace Podium.Inventory;

/// <summary>A time during which an account held an entitlement in one way.</summary>
internal abstract class GrantPeriod
{
    public long Id { get; set; }

    public required long AppId { get; set; }

    public required long EntitlementId { get; set; }

    public required long AccountId { get; set; }

    public required Moment Since { get; set; }

    /// <summary>
    /// Since when it is held without a break. Earlier than <see cref="Since"/> where only the way changed: direct before, through a team now.
    /// </summary>
    public required Moment HeldSince { get; set; }

    public required long CauseId { get; set; }

    /// <summary>Where it comes from; null when it is given directly and in no other way.</summary>
    public long? OriginId { get; set; }

    /// <summary>The grant's id in the connector, where it is not the usual <c>entitlement:type:id</c>.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Cannot be taken away through the connector.</summary>
    public bool IsImmutable { get; set; }
}
