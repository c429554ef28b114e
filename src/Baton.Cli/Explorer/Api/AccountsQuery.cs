using Baton.Cli.Explorer.Model;
using Baton.Evidence.Accounts;
using Baton.Evidence.Findings;

namespace Baton.Cli.Explorer.Api;

/// <summary>What a query wants of an account. What it does not say narrows nothing.</summary>
internal sealed class AccountsQuery
{
    private readonly DateTimeOffset _asOf;

    private AccountsQuery(DateTimeOffset asOf) => _asOf = asOf;

    public required TextSearch Search { get; init; }

    /// <summary>All of these.</summary>
    public FindingSet Flags { get; private init; }

    public AccountStatus? Status { get; private init; }

    public AccountKind? Kind { get; private init; }

    public SeenStep? Seen { get; private init; }

    public string? Type { get; private init; }

    public bool IsEmpty => Search.IsEmpty && Flags.IsEmpty && Status is null && Kind is null && Seen is null && Type is null;

    /// <exception cref="ExplorerApiException">The query names what there is not.</exception>
    public static AccountsQuery Of(ApiQuery query, DateTimeOffset asOf) => Of(query, query.Text("type"), asOf);

    /// <summary>The same where the query's type is that of the resource which the account has access to.</summary>
    /// <exception cref="ExplorerApiException">The query names what there is not.</exception>
    public static AccountsQuery OfHolder(ApiQuery query, DateTimeOffset asOf) => Of(query, type: null, asOf);

    public bool Admits(Principal account, FindingSet flags)
        => (flags.Bits & Flags.Bits) == Flags.Bits
            && (Status is null || account.Status == Status)
            && (Kind is null || account.Kind == Kind)
            && (Type is null || account.TypeId == Type)
            && (Seen is null || SeenStep.Of(account.LastSeen, _asOf) == Seen)
            && Search.Matches(account);

    private static AccountsQuery Of(ApiQuery query, string? type, DateTimeOffset asOf) => new(asOf)
    {
        Search = new(query.Words),
        Flags = ReadFlags(query.Text("flag")),
        Status = query.Choice<AccountStatus>("status"),
        Kind = query.Choice<AccountKind>("kind"),
        Seen = ReadSeen(query.Text("seen")),
        Type = type,
    };

    private static FindingSet ReadFlags(string? text)
    {
        var flags = FindingSet.None;
        foreach (var name in text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var entry = FindingCatalog.All.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw ExplorerApiException.BadRequest($"flag \"{name}\" is not known");
            flags = flags.With(entry.Code);
        }

        return flags;
    }

    private static SeenStep? ReadSeen(string? text)
        => text is null ? null
            : SeenStep.All.FirstOrDefault(step => step.Id == text)
                ?? throw ExplorerApiException.BadRequest($"seen \"{text}\" is not known; it is one of {string.Join(", ", SeenStep.All.Select(step => step.Id))}");
}
