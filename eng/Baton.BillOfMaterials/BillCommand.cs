using System.Globalization;
using Baton.CommandLine;

namespace Baton.BillOfMaterials;

/// <summary>Writes what an executable is made of: a bill of materials for machines, and notices for people.</summary>
internal static class BillCommand
{
    private static readonly StringFlag Assets = new("assets", "The project.assets.json of the restored executable");
    private static readonly StringFlag Runtime = new("runtime", "The runtime that it was published for", "linux-x64");
    private static readonly StringFlag Name = new("name", "Of the executable");
    private static readonly StringFlag Version = new("version", "Of the executable");
    private static readonly StringFlag Made = new("made", "When, in seconds since 1970, as in SOURCE_DATE_EPOCH", "0");
    private static readonly StringFlag DebianPackages = new("debian-packages", "A file with a line for each Debian package in the image: name, version, architecture, distribution");
    private static readonly StringFlag Sbom = new("sbom", "Where to write the bill, CycloneDX 1.6 as JSON");
    private static readonly StringFlag Notices = new("notices", "Where to write the licences of others");

    public static CommandDefinition Definition { get; } = new()
    {
        Name = "bill-of-materials",
        Summary = "Write what an executable is made of",
        Flags = [Assets, Runtime, Name, Version, Made, DebianPackages, Sbom, Notices],
        Handler = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        var subject = new BillSubject(Required(flags, Name), Required(flags, Version), Instant(flags.Get(Made)));
        var restored = RestoredProject.Read(Required(flags, Assets), flags.Get(Runtime));
        var debian = flags.Get(DebianPackages) is { Length: > 0 } list ? DebianPackage.ReadList(list) : [];
        if (flags.Get(Sbom) is { Length: > 0 } sbom)
        {
            await File.WriteAllBytesAsync(sbom, CycloneDxDocument.Write(subject, restored, debian), cancellationToken);
        }

        if (flags.Get(Notices) is { Length: > 0 } notices)
        {
            await File.WriteAllTextAsync(notices, LicenceNotices.Write(restored.Packages), cancellationToken);
        }

        return 0;
    }

    private static string Required(FlagValues flags, StringFlag flag)
        => flags.Get(flag) is { Length: > 0 } value ? value : throw new BillException($"--{flag.Name} is missing.");

    private static DateTimeOffset Instant(string seconds)
        => long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(since)
            : throw new BillException($"--made is '{seconds}', which is no number of seconds.");
}
