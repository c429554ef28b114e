using Baton.Protocol.Connector.V2;
using Grpc.Core;

namespace Baton.Sdk.Connectors;

/// <summary>How somebody is to log in to an account that is made, or whose credential is replaced: one of the records inside.</summary>
/// <remarks>The engine disposes of it when the connector is done.</remarks>
public abstract record CredentialRequest : IDisposable
{
    private CredentialRequest()
    {
    }

    /// <summary>The password must be changed by whoever logs in with it first.</summary>
    public bool ForceChangeAtNextLogin { get; init; }

    /// <summary>
    /// The password to set, named <c>password</c>: a new random one, or a copy of the given one. The caller disposes of it, or returns it
    /// to the engine, which does.
    /// </summary>
    /// <exception cref="ConnectorException">
    /// No password is asked for, so that a connector which supports other ways has to look for them first. Or the rules for a random
    /// password cannot be met.
    /// </exception>
    public virtual Plaintext CreatePassword() => throw new ConnectorException(StatusCode.InvalidArgument, "unknown credential options");

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <param name="Length">In characters, at least 8.</param>
    public sealed record RandomPassword(long Length) : CredentialRequest
    {
        /// <summary>
        /// The characters of which there must be some. When there is no constraint, upper case, lower case, digits and symbols each have
        /// to occur.
        /// </summary>
        public IReadOnlyList<PasswordConstraint> Constraints { get; init; } = [];

        public override Plaintext CreatePassword() => PasswordGenerator.Secure.Generate("password", Length, Constraints);
    }

    /// <summary>A password that somebody chose. It came encrypted to this connector.</summary>
    public sealed record GivenPassword(Plaintext Password) : CredentialRequest
    {
        public override Plaintext CreatePassword() => new("password", Password.Bytes);

        public override void Dispose()
        {
            Password.Dispose();
            base.Dispose();
        }
    }

    /// <summary>An account without a password.</summary>
    public sealed record NoPassword : CredentialRequest;

    /// <param name="Provider">May be empty.</param>
    public sealed record SingleSignOn(string Provider) : CredentialRequest;

    /// <summary>Nothing was said.</summary>
    public sealed record None : CredentialRequest;
}
