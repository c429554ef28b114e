using System.Runtime.InteropServices;
using Baton.Protocol.ConnectorApi.V1;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>What a hello says of the program and of the machine. Nothing of it is empty: the platform would turn us down.</summary>
internal sealed record HelloDetails(BatonServiceHelloRequest.Types.BuildInfo Build, BatonServiceHelloRequest.Types.OSInfo System)
{
    private const int Longest = 256;

    /// <param name="package">Where the connector's source is, as a path; empty when unknown.</param>
    /// <param name="packageVersion">Its release; empty when unknown.</param>
    public static HelloDetails Collect(string package, string packageVersion) => Of(package, packageVersion, SystemFacts.Collect());

    internal static HelloDetails Of(string package, string packageVersion, SystemFacts facts)
    {
        var kernel = Or(facts.KernelVersion, "unknown");
        var platform = Or(facts.Platform, facts.Os);
        return new(
            new()
            {
                LangVersion = Or(RuntimeInformation.FrameworkDescription, "0.0.0"),
                Package = Or(package, "/dummy/path"),
                PackageVersion = Or(packageVersion, "0.0.0"),
            },
            new()
            {
                Hostname = Or(facts.Hostname, "unknown"),
                Os = facts.Os,
                Platform = platform,
                PlatformVersion = Or(facts.PlatformVersion, kernel),
                PlatformFamily = Or(facts.PlatformFamily, platform),
                KernelVersion = kernel,
                KernelArch = facts.KernelArch,
                VirtualizationSystem = Or(facts.VirtualizationSystem, "none"),
            });
    }

    private static string Or(string text, string otherwise)
        => string.IsNullOrWhiteSpace(text) ? otherwise : string.Concat(text.Trim().EnumerateRunes().Take(Longest));
}
