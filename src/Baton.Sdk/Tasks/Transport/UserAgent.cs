using System.Reflection;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>How we name ourselves to the platform.</summary>
internal static class UserAgent
{
    private static readonly string Sdk = $"baton-sdk/v{Version}";

    public static string OfTokenRequests { get; } = $"baton-c1-credential-provider {Sdk}";

    /// <summary>The release of the SDK, as <c>0.1.0</c>.</summary>
    public static string Version
        => typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>What a header cannot carry is left out of the name; the gRPC library's own name follows.</summary>
    public static string OfCalls(string clientName) => $"{string.Concat(clientName.Where(character => character is >= ' ' and < '\x7f'))} {Sdk}".TrimStart();
}
