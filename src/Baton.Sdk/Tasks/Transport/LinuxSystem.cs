using System.Runtime.InteropServices;

namespace Baton.Sdk.Tasks.Transport;

/// <summary>What a Linux system says of itself in its files.</summary>
/// <param name="root">Where they are: <c>/</c>.</param>
internal sealed class LinuxSystem(string root)
{
    // What the firmware of a virtual machine calls itself or its maker, and what that machine runs on.
    private static readonly (string Text, string System)[] Firmware =
    [
        ("VMware", "vmware"),
        ("VirtualBox", "vbox"),
        ("Xen", "xen"),
        ("Microsoft Corporation", "hyperv"),
        ("Parallels", "parallels"),
        ("KVM", "kvm"),
        ("QEMU", "kvm"),
        ("Google", "kvm"),
        ("Amazon EC2", "kvm"),
        ("OpenStack", "kvm"),
    ];

    public SystemFacts Facts(string hostname, Architecture architecture)
    {
        var release = Release();
        var id = release.GetValueOrDefault("ID", "");
        return new(
            hostname,
            "linux",
            id,
            PlatformVersion(id, release),
            Family(id, release.GetValueOrDefault("ID_LIKE", "")),
            Read("proc/sys/kernel/osrelease"),
            SystemFacts.Arch(architecture, "aarch64"),
            Virtualization());
    }

    // Debian's own file tells the point release too.
    private string PlatformVersion(string id, Dictionary<string, string> release)
        => id == "debian" && Read("etc/debian_version") is { Length: > 0 } version ? version : release.GetValueOrDefault("VERSION_ID", "");

    private static string Family(string id, string idLike)
    {
        string[] ancestors = [id, .. idLike.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return Array.Find(["rhel", "debian", "suse", "arch", "alpine", "fedora"], family => ancestors.Contains(family, StringComparer.Ordinal))
            ?? ancestors.ElementAtOrDefault(1)
            ?? id;
    }

    private string Virtualization()
    {
        if (File.Exists(Path.Combine(root, ".dockerenv")))
        {
            return "docker";
        }

        if (File.Exists(Path.Combine(root, "run/.containerenv")))
        {
            return "podman";
        }

        if (Directory.Exists(Path.Combine(root, "var/run/secrets/kubernetes.io")))
        {
            return "kubernetes";
        }

        var firmware = $"{Read("sys/class/dmi/id/sys_vendor")} {Read("sys/class/dmi/id/product_name")}";
        return Array.Find(Firmware, entry => firmware.Contains(entry.Text, StringComparison.Ordinal)).System ?? "";
    }

    /// <summary>The assignments of <c>os-release</c>, without their quotes.</summary>
    private Dictionary<string, string> Release()
    {
        var text = Read("etc/os-release") is { Length: > 0 } own ? own : Read("usr/lib/os-release");
        return text.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(parts => parts[0], parts => parts[1].Trim().Trim('"', '\''), StringComparer.Ordinal);
    }

    private string Read(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path)).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
