using Baton.Evidence.Accounts;
using Podium.Data;

namespace Podium.Inventory;

/// <summary>What can change of an account and is kept. When it was last seen is not: it would be history for everybody every day.</summary>
internal abstract class AccountVersion
{
    public required long AppId { get; set; }

    /// <summary>The full name; else the display name; else <c>type:id</c>.</summary>
    public required string DisplayName { get; set; }

    /// <summary>The name as it is sorted: NFKC, lower case.</summary>
    public required string SortName { get; set; }

    /// <summary>Name, address, login and id, normalised.</summary>
    public required string SearchText { get; set; }

    public string Login { get; set; } = "";

    public string Email { get; set; } = "";

    public AccountKind Kind { get; set; }

    public AccountStatus Status { get; set; }

    public SignInKind SignIn { get; set; }

    /// <summary>Null when the source does not say.</summary>
    public bool? HasMfa { get; set; }

    /// <summary>Rules over the whole target system, whatever its grants are.</summary>
    public bool IsAdministrator { get; set; }

    /// <summary>When it was made in the target system, if that is known.</summary>
    public Moment? SourceCreatedAt { get; set; }

    /// <summary>A JSON object, its keys in order, without what tells when the account was last seen.</summary>
    public string Profile { get; set; } = "{}";

    /// <summary>Grants name it, but the sync does not list it.</summary>
    public bool IsPlaceholder { get; set; }

    /// <summary>Has been so since.</summary>
    public required Moment Since { get; set; }

    public required long CauseId { get; set; }
}
