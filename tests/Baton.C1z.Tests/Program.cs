using Baton.C1z.Tests;
using Baton.C1z.Tests.Support;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Some tests need a process to kill, or to share a file with: they start this executable again.
if (args is [ChildProcess.Argument, var part, .. var rest])
{
    return ChildParts.Run(part, rest);
}

return args.Contains("-automated", StringComparer.Ordinal) || args.Contains("@@", StringComparer.Ordinal)
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
