using Podium.Hosting;

return await PodiumProgram.RunAsync(args, Console.Out, Console.Error);
