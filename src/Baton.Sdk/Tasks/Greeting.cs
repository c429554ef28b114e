using Baton.Protocol.Connector.V2;
using Baton.Sdk.Tasks.Transport;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Tasks;

/// <summary>
/// Says hello to the platform: who we are, on what machine, and what the connector can do. At the start it is repeated until the platform
/// answers, because a platform that is away for an hour must not end a service.
/// </summary>
internal sealed partial class Greeting(
    PlatformClient platform, HelloDetails details, Func<ConnectorMetadata> metadata, TaskJournal journal, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <param name="taskId">The hello task that this answers; null when the connector starts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlatformException">The platform does not answer, or refuses.</exception>
    public async Task SayAsync(string? taskId, CancellationToken cancellationToken)
    {
        await platform.HelloAsync(details, metadata(), taskId, cancellationToken);
        journal.HelloSaid();
    }

    /// <summary>Until it succeeds.</summary>
    /// <exception cref="PlatformException">The platform refuses who we are or what we say, and would again.</exception>
    public async Task SayFirstAsync(CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            journal.Liveness.Expect(new CallLimits().Hello * 2);
            try
            {
                await SayAsync(null, cancellationToken);
                return;
            }
            catch (PlatformException failure) when (failure.IsTransient)
            {
                journal.PlatformFailed(failure.Message);
                LogRetrying(failure.Message, pause.TotalSeconds);
            }

            journal.Liveness.Expect(pause);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 5061, Level = LogLevel.Warning, Message = "the platform does not answer the hello, trying again")]
    private partial void LogRetrying(string error, double wait);
}
