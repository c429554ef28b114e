using Baton.Grafana.Api;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Accounts;

/// <summary>
/// The password of a new account. Where nobody laid down rules it is long and of all classes of characters, so that Grafana's own policy
/// ([auth.basic] password_policy) takes it.
/// </summary>
internal sealed class AccountPassword(CredentialRequest credential)
{
    private const int Length = 20;
    private const int StrongerLength = 24;

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: an account on the server needs a password, and none was asked for.</exception>
    public Plaintext Create() => credential switch
    {
        CredentialRequest.RandomPassword { Constraints.Count: 0 } random => (random with { Length = Math.Max(random.Length, Length) }).CreatePassword(),
        CredentialRequest.RandomPassword or CredentialRequest.GivenPassword => credential.CreatePassword(),
        _ => throw new ConnectorException(
            StatusCode.InvalidArgument, "grafana-connector: unknown credential options: a Grafana account needs a password, a random or an encrypted one"),
    };

    public static Plaintext CreateStronger() => new CredentialRequest.RandomPassword(StrongerLength).CreatePassword();

    /// <summary>Whether Grafana's policy refused a password that another could take the place of.</summary>
    public bool IsRefused(WriteAnswer answer)
        => answer.Status == 400
            && credential is CredentialRequest.RandomPassword
            && (answer.MessageId.StartsWith("password.password-policy", StringComparison.Ordinal)
                || answer.Message.Contains("password", StringComparison.OrdinalIgnoreCase));
}
