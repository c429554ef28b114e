using Baton.Configuration;
using Baton.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting;

/// <summary>Says what happens to the files that secrets are read from.</summary>
internal sealed partial class SecretFileLog
{
    private readonly ILogger _logger;

    private SecretFileLog(ILogger logger) => _logger = logger;

    public static void Begin(ResolvedConfiguration configuration, ILogger logger)
    {
        var log = new SecretFileLog(logger);
        foreach (var (setting, path) in configuration.PublicSecretFiles)
        {
            log.LogPublic(setting, path);
        }

        configuration.ObserveSecrets(log.Log);
    }

    private void Log(SecretNotice notice)
    {
        if (notice.Problem is { } problem)
        {
            LogUnusable(notice.Setting, problem);
        }
        else
        {
            LogReplaced(notice.Setting, notice.Path);
        }
    }

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "every account of this machine may read a secret's file: take the right away (chmod o-r, or defaultMode in Kubernetes)")]
    private partial void LogPublic(string setting, string path);

    [LoggerMessage(EventId = 3022, Level = LogLevel.Information, Message = "a secret was replaced, the new one is used from now on")]
    private partial void LogReplaced(string setting, string path);

    [LoggerMessage(EventId = 3023, Level = LogLevel.Warning, Message = "a secret's file cannot be used at the moment, its last content stays in use")]
    private partial void LogUnusable(string setting, string error);
}
