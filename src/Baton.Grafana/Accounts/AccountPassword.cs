using Baton.Grafana.Api;
using Baton.Protocol.Connector.V2;
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

    private static readonly PasswordConstraint[] Classes =
    [
        new() { CharSet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", MinCount = 1 },
        new() { CharSet = "abcdefghijklmnopqrstuvwxyz", MinCount = 1 },
        new() { CharSet = "0123456789", MinCount = 1 },
        new() { CharSet = "!#$%&*+-.:=?@_", MinCount = 1 },
    ];

    /// <exception cref="ConnectorException"><c>InvalidArgument</c>: an account on the server needs a password, and none was asked for.</exception>
    public Plaintext Create() => credential switch
    {
        CredentialRequest.RandomPassword { Constraints.Count: 0 } random => (random with { Length = Math.Max(random.Length, Length) }).CreatePassword(),
        CredentialRequest.RandomPassword or CredentialRequest.GivenPassword => credential.CreatePassword(),
        _ => throw new ConnectorException(
            StatusCode.InvalidArgument, $"{Prefix.Connector}unknown credential options: a Grafana account needs a password, a random or an encrypted one"),
    };

    /// <summary>Longer, and of all classes of characters beside what was asked for.</summary>
    public Plaintext CreateStronger()
    {
        var asked = (CredentialRequest.RandomPassword)credential;
        IReadOnlyList<PasswordConstraint> constraints = asked.Constraints.Count == 0 ? [] : [.. asked.Constraints, .. Classes];
        var length = Math.Max(Math.Max(StrongerLength, asked.Length), constraints.Sum(constraint => constraint.MinCount));
        return (asked with { Length = length, Constraints = constraints }).CreatePassword();
    }

    /// <summary>Whether Grafana's policy refused a password that another could take the place of.</summary>
    public bool IsRefused(WriteAnswer answer)
        => answer.Status == 400
            && credential is CredentialRequest.RandomPassword
            && (answer.MessageId.StartsWith("password.password-policy", StringComparison.Ordinal)
                || answer.Message.Contains("password", StringComparison.OrdinalIgnoreCase));
}
