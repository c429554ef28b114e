using Baton.C1z.Syncs;
using Baton.Evidence.Tests.Files;

namespace Baton.Cli.Tests.Commands;

public sealed class SyncsCommandTests
{
    [Fact]
    public async Task Table_UnfinishedAndPartialSyncs_AreMarked()
    {
        using var file = new TemporaryFile();
        var full = file.AddSync(SyncType.Full, _ => { });
        var partial = file.AddSync(SyncType.Partial, _ => { }, finish: false);

        var result = await Cli.Run("syncs", "-f", file.Path);

        Assert.Equal(
            [
                "ID                           Type     Started               Ended                 Parent",
                $"{full}  full     2026-11-23T09:00:00Z  2026-11-23T09:00:00Z",
                $"{partial}  partial  2026-11-23T10:00:00Z  unfinished            {full}",
            ],
            result.Succeeded().Lines);
    }

    [Fact]
    public async Task Json_NoSyncYet_IsEmpty()
    {
        using var file = TemporaryFile.WithoutSyncs();

        var result = await Cli.Run("syncs", "-f", file.Path, "-o", "json");

        Assert.Equal("{}\n", result.Succeeded().Output);
    }
}
