using Podium.Connectors.Hosted;
using Podium.Hosting;

if (args is [ChildLauncher.Word, ..])
{
    return ChildLauncher.Run(args);
}

return await PodiumProgram.RunAsync(args, ProgramEnvironment.Current, Console.Out, Console.Error);
