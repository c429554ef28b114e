using System.Runtime.InteropServices;
using Baton.Protocol.ConnectorApi.V1;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class HelloDetailsTests
{
    [Fact]
    public void Of_NothingIsKnown_FillsEveryMember()
    {
        var details = HelloDetails.Of("", "", new("", "linux", "", "", "", "", "x86_64", ""));

        Assert.Equal(new BatonServiceHelloRequest.Types.BuildInfo { LangVersion = RuntimeInformation.FrameworkDescription, Package = "/dummy/path", PackageVersion = "0.0.0" }, details.Build);
        Assert.Equal(
            new BatonServiceHelloRequest.Types.OSInfo
            {
                Hostname = "unknown",
                Os = "linux",
                Platform = "linux",
                PlatformVersion = "unknown",
                PlatformFamily = "linux",
                KernelVersion = "unknown",
                KernelArch = "x86_64",
                VirtualizationSystem = "none",
            },
            details.System);
    }

    [Fact]
    public void Of_VersionOfThePlatformIsUnknown_IsTheKernels()
        => Assert.Equal("6.1.0", HelloDetails.Of("", "", new("", "linux", "alpine", "", "", "6.1.0", "x86_64", "")).System.PlatformVersion);

    [Fact]
    public void Of_LongNames_AreCutToWhatThePlatformTakes()
        => Assert.Equal(256, HelloDetails.Of(new string('x', 300), "", new("", "linux", "", "", "", "", "x86_64", "")).Build.Package.Length);

    [Fact]
    public void Collect_ThisMachine_TellsTheTruth()
    {
        var details = HelloDetails.Collect("github.com/example/connector", "v1.2.3");

        Assert.Equal(("github.com/example/connector", "v1.2.3"), (details.Build.Package, details.Build.PackageVersion));
        Assert.StartsWith(".NET ", details.Build.LangVersion, StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "windows", details.System.Os);
        Assert.Matches("^[0-9]", details.System.KernelVersion);
    }

    [Fact]
    public void OfWindows_Facts_NeedNoFallbackButVirtualization()
        => Assert.Equal(
            new("h", "windows", "Microsoft Windows", "10.0.20348.0", "Windows", "10.0.20348.0", "x86_64", ""),
            SystemFacts.OfWindows("h", Architecture.X64, new Version(10, 0, 20348, 0)));

    [Theory]
    [InlineData("Darwin 24.1.0 Darwin Kernel Version 24.1.0: Thu Oct 10", "24.1.0")]
    [InlineData("macOS 15.1", "")]
    public void OfMacOS_Description_GivesTheKernelIfItIsTheKernels(string description, string kernel)
        => Assert.Equal(
            new("h", "darwin", "darwin", "15.1.0", "Standalone Workstation", kernel, "arm64", ""),
            SystemFacts.OfMacOS("h", Architecture.Arm64, description, new Version(15, 1, 0)));
}
