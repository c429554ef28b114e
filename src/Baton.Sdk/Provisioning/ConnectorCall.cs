using Baton.Sdk.Connectors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Provisioning;

/// <summary>One call of a connector's method that changes something: what it may throw, in the platform's terms.</summary>
internal sealed partial class ConnectorCall(ILogger logger)
{
    /// <param name="call">The method.</param>
    /// <param name="prefix">Put before the message of a failure, as the platform's users know it; empty for none.</param>
    /// <exception cref="ConnectorException">It failed. A bug of the connector is one of code <c>Internal</c>, and its place is logged.</exception>
    /// <exception cref="ChangeWithheldException">It was a dry run, and would have changed something.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, string prefix = "")
    {
        try
        {
            return await call();
        }
        catch (ConnectorException failure) when (prefix.Length > 0)
        {
            throw new ConnectorException(failure.Code, prefix + failure.Message, failure) { IsTransient = failure.IsTransient, RateLimit = failure.RateLimit };
        }
        catch (Exception bug) when (bug is not (ConnectorException or OperationCanceledException or ChangeWithheldException))
        {
            // One call must not take the others along that the process is busy with.
            LogBug(bug, bug.GetType().Name, bug.StackTrace ?? "");
            throw new ConnectorException(StatusCode.Internal, $"{prefix}Internal Server Error: an unexpected {bug.GetType().Name}; the connector's log has the details", bug);
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "unexpected failure of a connector method")]
    private partial void LogBug(Exception failure, string errorType, string stacktrace);
}
