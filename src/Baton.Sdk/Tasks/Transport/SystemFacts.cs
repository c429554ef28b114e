using System.Runtime.InteropServices;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>What can be found out about the machine; what cannot is empty.</summary>
/// <param name="Os"><c>linux</c>, <c>windows</c> or <c>darwin</c>.</param>
/// <param name="Platform">The distribution, as <c>debian</c>.</param>
/// <param name="PlatformFamily">What it descends from, as <c>rhel</c>.</param>
/// <param name="KernelArch">As <c>x86_64</c>; as the system itself calls it.</param>
/// <param name="VirtualizationSystem">As <c>docker</c> or <c>kvm</c>.</param>
internal sealed record SystemFacts(
    string Hostname, string Os, string Platform, string PlatformVersion, string PlatformFamily, string KernelVersion, string KernelArch, string VirtualizationSystem)
{
    public static SystemFacts Collect()
    {
        var hostname = HostIdentity.MachineName();
        var architecture = RuntimeInformation.OSArchitecture;
        return OperatingSystem.IsLinux() ? new LinuxSystem("/").Facts(hostname, architecture)
            : OperatingSystem.IsMacOS() ? OfMacOS(hostname, architecture, RuntimeInformation.OSDescription, Environment.OSVersion.Version)
            : OperatingSystem.IsWindows() ? OfWindows(hostname, architecture, Environment.OSVersion.Version)
            : new(hostname, "unknown", "", "", "", Environment.OSVersion.Version.ToString(), Arch(architecture, "aarch64"), "");
    }

    internal static SystemFacts OfWindows(string hostname, Architecture architecture, Version version)
        => new(hostname, "windows", "Microsoft Windows", version.ToString(), "Windows", version.ToString(), Arch(architecture, "aarch64"), "");

    /// <param name="description">May be the kernel's, as <c>Darwin 24.1.0 Darwin Kernel Version …</c>.</param>
    internal static SystemFacts OfMacOS(string hostname, Architecture architecture, string description, Version version)
    {
        var kernel = description.Split(' ') is ["Darwin", var release, ..] ? release : "";
        return new(hostname, "darwin", "darwin", version.ToString(), "Standalone Workstation", kernel, Arch(architecture, "arm64"), "");
    }

    internal static string Arch(Architecture architecture, string arm64) => architecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => arm64,
        Architecture.X86 => "i686",
        Architecture.Arm => "armv7l",
        _ => architecture.ToString().ToLowerInvariant(),
    };
}
