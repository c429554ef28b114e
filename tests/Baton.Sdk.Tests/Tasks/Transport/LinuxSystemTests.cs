using System.Runtime.InteropServices;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Tests.Tasks.Transport;

public sealed class LinuxSystemTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("baton-linux-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\n", "12.11", "debian", "12.11", "debian")]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\n", null, "debian", "12", "debian")]
    [InlineData("NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian\n", "trixie/sid", "ubuntu", "24.04", "debian")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\n", null, "rocky", "9.4", "rhel")]
    [InlineData("ID=fedora\nVERSION_ID=41\n", null, "fedora", "41", "fedora")]
    [InlineData("ID=alpine\nVERSION_ID=3.20.3\n", null, "alpine", "3.20.3", "alpine")]
    [InlineData("ID=opensuse-leap\nID_LIKE='suse opensuse'\nVERSION_ID=15.6\n", null, "opensuse-leap", "15.6", "suse")]
    [InlineData("ID=child\nID_LIKE=parent\n", null, "child", "", "parent")]
    public void Facts_Release_NamesDistributionAndFamily(string release, string? debianVersion, string platform, string version, string family)
    {
        Write("etc/os-release", release);
        if (debianVersion is not null)
        {
            Write("etc/debian_version", debianVersion + "\n");
        }

        var facts = Facts();

        Assert.Equal((platform, version, family), (facts.Platform, facts.PlatformVersion, facts.PlatformFamily));
    }

    [Fact]
    public void Facts_ReleaseInItsOtherPlace_IsFound()
    {
        Write("usr/lib/os-release", "ID=arch\n");

        Assert.Equal("arch", Facts().Platform);
    }

    [Fact]
    public void Facts_EmptySystem_IsEmpty()
        => Assert.Equal(new SystemFacts("h", "linux", "", "", "", "", "aarch64", ""), new LinuxSystem(_root.FullName).Facts("h", Architecture.Arm64));

    [Fact]
    public void Facts_Kernel_IsItsRelease()
    {
        Write("proc/sys/kernel/osrelease", "6.18.44\n");

        Assert.Equal(("6.18.44", "x86_64"), (Facts().KernelVersion, Facts().KernelArch));
    }

    [Theory]
    [InlineData(".dockerenv", "", "docker")]
    [InlineData("run/.containerenv", "", "podman")]
    [InlineData("var/run/secrets/kubernetes.io/serviceaccount/token", "", "kubernetes")]
    [InlineData("sys/class/dmi/id/sys_vendor", "QEMU\n", "kvm")]
    [InlineData("sys/class/dmi/id/product_name", "VMware Virtual Platform\n", "vmware")]
    [InlineData("sys/class/dmi/id/product_name", "VirtualBox\n", "vbox")]
    [InlineData("sys/class/dmi/id/product_name", "Steel Tower\n", "")]
    public void Facts_Traces_NameTheVirtualization(string path, string content, string expected)
    {
        Write(path, content);

        Assert.Equal(expected, Facts().VirtualizationSystem);
    }

    private SystemFacts Facts() => new LinuxSystem(_root.FullName).Facts("h", Architecture.X64);

    private void Write(string path, string content)
    {
        var file = new FileInfo(Path.Combine(_root.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, content);
    }
}
