using Baton.CommandLine;
using Podium.Hosting.Logs;
using Podium.Hosting.Settings;

namespace Podium.Hosting.Commands;

internal static partial class ServeCommand
{
    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "serve",
        Summary = "Run the server",
        Flags = PodiumSettings.ServeFlags,
        Handler = (invocation, cancellationToken) => RunAsync(invocation, environment, cancellationToken),
    };

    private static async Task<int> RunAsync(Invocation invocation, ProgramEnvironment environment, CancellationToken cancellationToken)
    {
        var (options, log, secrets) = PodiumSettings.Resolve(invocation, environment);
        using var lines = new LineLoggerProvider(invocation.Error, log, secrets, TimeProvider.System);
        await using var server = await PodiumServer.StartAsync(options, builder => builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(lines), cancellationToken);
        var logger = lines.CreateLogger(typeof(ServeCommand).FullName!);
        Serving(logger, options.PublicUrl, server.Folder.Path);
        await invocation.Output.WriteLineAsync($"podium serves {options.PublicUrl} from {server.Folder.Path}");
        if (server.Certificate.AuthorityPem is not null)
        {
            await invocation.Output.WriteLineAsync($"Clients must trust its own authority: {server.Folder.FilePath(Authority.CertificateAuthority.CertificateName)}");
        }

        if (await SetUpNotice.MakeAsync(server.Services, cancellationToken) is { } link)
        {
            await invocation.Output.WriteLineAsync($"Nobody administrates it yet. Open this within 24 hours to become Super Administrator: {link}");
        }

        await invocation.Output.FlushAsync(cancellationToken);
        try
        {
            await server.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        Stopping(logger);
        return 0;
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Serving.")]
    private static partial void Serving(ILogger logger, Uri url, string folder);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "Stopping.")]
    private static partial void Stopping(ILogger logger);
}
