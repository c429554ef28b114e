using System.Globalization;
using Podium.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Each measurement is a process of its own, so that none has memory or compiled code of another.
switch (args)
{
    case ["file", var path, var users, var organizations, var isChanged]:
        Baton.Benchmarks.LargeFile.Write(path, int.Parse(users), int.Parse(organizations), grantsPerUser: 3, syncs: 1, isChanged: bool.Parse(isChanged));
        return 0;
    case ["grafana", var users, var organizations]:
        await OwnSync.ServeAsync(int.Parse(users), int.Parse(organizations));
        return 0;
    case ["own", var connector, var folder, var users, var organizations]:
        await OwnSync.RunAsync(connector, folder, int.Parse(users), int.Parse(organizations));
        return 0;
    case ["floor", var kind, var connection, var first]:
        await InventoryFloor.RunAsync(Target.Parse(kind, connection), first);
        return 0;
    case ["apply", var kind, var connection, var first, var changed]:
        await AppliedSyncs.RunAsync(Target.Parse(kind, connection), first, changed);
        return 0;
    case ["served", var kind, var connection, var executable, var first, var changed]:
        await ServedPages.RunAsync(Target.Parse(kind, connection), executable, first, changed);
        return 0;
    case ["waiting", var kind, var connection, var executable]:
        await WaitingConnectors.RunAsync(Target.Parse(kind, connection), executable);
        return 0;
    case ["report", var connector, var executable]:
        Console.Write(await Report.WriteAsync(connector, executable));
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: podium-bench report CONNECTOR PODIUM (start it with bench/run)");
        return 2;
}
