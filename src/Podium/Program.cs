using System.Globalization;
using Podium.Connectors.Hosted;
using Podium.Hosting;

// Whatever the machine speaks: a number in an answer or a file has one form.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
if (args is [ChildLauncher.Word, ..])
{
    return ChildLauncher.Run(args);
}

return await PodiumProgram.RunAsync(args, ProgramEnvironment.Current, Console.Out, Console.Error);
