using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;

namespace Baton.Sdk.Connectors;

/// <summary>How the creation of an account ended that did not fail.</summary>
public abstract record AccountOutcome
{
    private AccountOutcome(string summary) => Summary = summary;

    /// <summary>One line for people.</summary>
    public string Summary { get; }

    public IReadOnlyList<Any> Annotations { get; init; } = [];

    /// <summary>The account exists and can be used.</summary>
    /// <param name="Summary">One line for people.</param>
    /// <param name="Account">As it was read back.</param>
    public sealed record Created(string Summary, Resource Account) : AccountOutcome(Summary)
    {
        /// <summary>What the account's owner must be told. Each is encrypted to every recipient and then wiped, by the SDK.</summary>
        public IReadOnlyList<Plaintext> Plaintexts { get; init; } = [];

        /// <summary>When the invitation that makes the account usable ends; null when there is none.</summary>
        public DateTimeOffset? InvitationExpiresAt { get; init; }
    }

    /// <summary>It was there before, and nothing was changed.</summary>
    public sealed record AlreadyExists(string Summary, Resource Account) : AccountOutcome(Summary);

    /// <summary>Somebody must act before the account can be used.</summary>
    /// <param name="Summary">Who must do what; the platform shows it to that person.</param>
    /// <param name="Account">What there is of it; null for nothing.</param>
    public sealed record ActionRequired(string Summary, Resource? Account = null) : AccountOutcome(Summary);
}
