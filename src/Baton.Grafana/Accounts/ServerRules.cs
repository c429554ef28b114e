using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Accounts;

/// <summary>
/// What Grafana's configuration decides about new accounts and invitations. Grafana itself says it when it refuses; a dry run, which does not get
/// that far, reads it.
/// </summary>
internal sealed class ServerRules(GrafanaClient grafana, RetryPolicy retry)
{
    private const int ShortestUnderPolicy = 12;
    private const int Shortest = 4;

    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: Grafana would refuse the password.</exception>
    public async Task CheckPasswordAsync(Plaintext password, Change change, CancellationToken cancellationToken)
    {
        var hasPolicy = await ReadAsync("auth.basic", "password_policy", change, "whether a password policy is on", cancellationToken);
        if (hasPolicy is { } known)
        {
            change.Checked(known ? "Grafana's password policy is on ([auth.basic] password_policy)" : "Grafana's password policy is off");
        }

        if (password.Bytes.Length < Shortest || (hasPolicy == true && !Complies(password.Bytes)))
        {
            throw change.Refuse(
                $"{Prefix.Connector}Grafana would refuse the password",
                $"Give one of {(hasPolicy == true ? ShortestUnderPolicy : Shortest)} characters or more{(hasPolicy == true ? ", with a capital and a small letter, a digit and another character" : "")}");
        }
    }

    /// <exception cref="ConnectorException"><c>FailedPrecondition</c>: Grafana cannot send mail.</exception>
    public async Task CheckMailAsync(Change change, CancellationToken cancellationToken)
    {
        switch (await ReadAsync("smtp", "enabled", change, "whether it can send mail", cancellationToken))
        {
            case true:
                change.Checked("Grafana is set up to send mail ([smtp] enabled)");
                break;
            case false:
                throw change.Refuse(
                    $"{Prefix.Cloud}Grafana cannot send mail ([smtp] is not configured)", "Configure mail, or set --invite-by-mail=false and hand the link over");
            default:
                break;
        }
    }

    private async Task<bool?> ReadAsync(string section, string key, Change change, string what, CancellationToken cancellationToken)
    {
        try
        {
            var settings = await retry.RunAsync(() => grafana.GetServerSettingsAsync(cancellationToken), cancellationToken);
            if (settings.GetValueOrDefault(section)?.GetValueOrDefault(key) is { } text)
            {
                return text == "true";
            }

            // Who may read some settings is shown those, and not told that there are others.
            change.Checked($"Grafana does not tell this credential {what}: [{section}] {key} is not among the settings that it shows");
            return null;
        }
        catch (ConnectorException untold) when (!untold.IsTransient && untold.Code is not StatusCode.Unauthenticated)
        {
            change.Checked($"Grafana does not tell this credential {what}: {untold.Message}");
            return null;
        }
    }

    private static bool Complies(ReadOnlySpan<byte> password)
        => password.Length >= ShortestUnderPolicy
            && password.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0
            && password.IndexOfAnyInRange((byte)'a', (byte)'z') >= 0
            && password.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0
            && HasOther(password);

    private static bool HasOther(ReadOnlySpan<byte> password)
    {
        foreach (var character in password)
        {
            if (!char.IsAsciiLetterOrDigit((char)character))
            {
                return true;
            }
        }

        return false;
    }
}
