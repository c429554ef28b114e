using System.Diagnostics;
using Baton.Credentials;
using Baton.Sdk.Tasks.Transport;
using Baton.Testing.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Sdk.Tests.Tasks.Transport;

/// <summary>This executable, started again to call a control plane with what its environment says and trusts.</summary>
internal static class SystemTrust
{
    public const string Argument = "--call-platform";

    /// <summary>The part of the process that is started. Prints how it ended.</summary>
    public static async Task<int> CallAsync()
    {
        using var secret = ClientSecret.Parse(Environment.GetEnvironmentVariable("BATON_CLIENT_SECRET")!);
        using var client = new PlatformClient(
            new()
            {
                Client = ClientId.Parse(Environment.GetEnvironmentVariable("BATON_CLIENT_ID")!),
                Secret = () => secret,
                HostId = "child",
                Variables = Environment.GetEnvironmentVariable,
            },
            TimeProvider.System,
            NullLogger.Instance);
        try
        {
            await client.GetTaskAsync(CancellationToken.None);
            Console.WriteLine("trusted");
        }
        catch (PlatformException failure)
        {
            Console.WriteLine($"{failure.Failure}: {failure.Message}");
        }

        return 0;
    }

    /// <summary>What the process printed.</summary>
    public static async Task<string> CallAsync(FakeControlPlane platform, CancellationToken cancellationToken, params (string Name, string? Value)[] changes)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "Baton.Sdk.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(executable, [Argument]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in platform.Environment.Select(pair => (pair.Key, (string?)pair.Value)).Concat(changes))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output.Trim();
    }
}
