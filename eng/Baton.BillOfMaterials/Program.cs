using Baton.BillOfMaterials;
using Baton.CommandLine;

try
{
    return await new CommandRunner(BillCommand.Definition, Console.Out, Console.Error).RunAsync(args, CancellationToken.None);
}
catch (Exception wrong) when (wrong is UsageException or BillException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
