using System.Globalization;
using System.Text;
using Baton.Benchmarks;

if (args is ["file", var target, var counts])
{
    // For whoever wants to look at such a file: USERS,ORGANIZATIONS,GRANTS-PER-USER,SYNCS.
    var numbers = Array.ConvertAll(counts.Split(','), int.Parse);
    LargeFile.Write(target, numbers[0], numbers[1], numbers[2], numbers[3], asOldWriter: numbers.Length > 4);
    return 0;
}

if (args is ["reading", var tool])
{
    // The one part that needs no connector.
    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    var part = new StringBuilder();
    var temporary = Directory.CreateTempSubdirectory("baton-bench-");
    await ReadingReport.WriteAsync(tool, temporary.FullName, part);
    temporary.Delete(recursive: true);
    Console.Write(part);
    return 0;
}

// Started by bench/run, which builds and publishes what is measured.
if (args is not [var connector, var demo, var baton, var report])
{
    await Console.Error.WriteLineAsync("usage: baton-bench CONNECTOR DEMO BATON REPORT (start it with bench/run)");
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
try
{
    var text = await Report.WriteAsync(new Subject(connector, demo, baton, folder));
    await File.WriteAllTextAsync(report, text);
    Console.WriteLine(text);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
