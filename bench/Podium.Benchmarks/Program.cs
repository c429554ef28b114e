using System.Globalization;
using Podium.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Each measurement is a process of its own, so that none has memory or compiled code of another.
switch (args)
{
    case ["file", var path, var users, var organizations, var isChanged]:
        Baton.Benchmarks.LargeFile.Write(path, int.Parse(users), int.Parse(organizations), grantsPerUser: 3, syncs: 1, isChanged: bool.Parse(isChanged));
        return 0;
    case ["floor", var kind, var connection, var first]:
        await InventoryFloor.RunAsync(Target.Parse(kind, connection), first);
        return 0;
    case ["apply", var kind, var connection, var first, var changed]:
        await AppliedSyncs.RunAsync(Target.Parse(kind, connection), first, changed);
        return 0;
    case ["pages", var kind, var connection]:
        await PageMix.RunAsync(Target.Parse(kind, connection));
        return 0;
    case ["report"]:
        Console.Write(await InventoryReport.WriteAsync());
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: podium-bench report");
        return 2;
}
