using Baton.Sdk.Tests;
using Baton.Sdk.Tests.Tasks.Transport;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What a process trusts is settled by its environment when it starts.
if (args is [SystemTrust.Argument])
{
    return await SystemTrust.CallAsync();
}

return args.Contains("-automated", StringComparer.Ordinal) || args.Contains("@@", StringComparer.Ordinal)
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
