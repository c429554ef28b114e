using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.ServiceAccounts;

/// <summary>What Grafana means by refusing to make or delete a token.</summary>
internal static class TokenRefusal
{
    /// <summary>Whether the organization has a token of the name: 409 in Grafana 9, 400 later.</summary>
    public static bool IsNameTaken(WriteAnswer answer)
        => answer.Status == 409
            || answer.MessageId == "serviceaccounts.ErrTokenAlreadyExists"
            || (answer.Status == 400 && Says(answer, "already exists"));

    /// <param name="answer">The refusal: an answer of Grafana's own, after which nothing was made.</param>
    /// <param name="account">Whose token it was to be.</param>
    /// <param name="seconds">How long it was to live.</param>
    public static ConnectorException Explain(WriteAnswer answer, PlacedServiceAccount account, long seconds) => answer.Status switch
    {
        // One of its two limits answers in plain text, of which nothing is read.
        400 when answer.Message.Length == 0 || Says(answer, "expir") || Says(answer, "seconds") || Says(answer, "limit") => new(
            StatusCode.InvalidArgument,
            $"{Prefix.Tokens}Grafana refuses a token that lives for {seconds} seconds: {(answer.Message.Length > 0 ? answer.Message : "the request is not acceptable")}; "
                + "ask for an earlier end, or raise the limit (api_key_max_seconds_to_live, [service_accounts] token_expiration_day_limit)"),
        403 when Says(answer, "quota") => new(StatusCode.ResourceExhausted, $"{Prefix.Tokens}{account} can have no more tokens: {answer.Message}; raise the quota in Grafana"),
        403 => Forbidden(answer),
        404 => new(StatusCode.NotFound, $"{Prefix.Tokens}{account} is gone"),
        _ => new(answer.Failure?.Code ?? StatusCode.Unknown, $"{Prefix.Tokens}{answer.Failure?.Message}", answer.Failure),
    };

    public static ConnectorException Forbidden(WriteAnswer answer) => new(
        StatusCode.PermissionDenied,
        $"{Prefix.Tokens}Grafana forbids it: {(answer.Message.Length > 0 ? answer.Message : "permission denied")}; the credential needs serviceaccounts:write (scope serviceaccounts:*)");

    private static bool Says(WriteAnswer answer, string words) => answer.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
