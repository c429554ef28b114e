namespace Baton.Sdk.Tasks.Transport;

/// <summary>Why a call to the platform did not succeed.</summary>
internal enum PlatformFailure
{
    /// <summary>The platform answered the call itself, with a code.</summary>
    Answered,

    /// <summary>The token endpoint says that client id and secret are not good: it answers 400, 401 or 403.</summary>
    CredentialsRefused,

    /// <summary>The token endpoint is there and gives no token, for a reason that is its own: any other answer.</summary>
    TokenUnavailable,

    /// <summary>There is no connection, or it broke, or what answers is not the platform.</summary>
    Unreachable,

    /// <summary>There is a connection, and who answers cannot show that it is the platform.</summary>
    Untrusted,

    /// <summary>No answer came in time.</summary>
    TimedOut,
}
