using Microsoft.Extensions.Logging;

namespace Podium.Tests.Hosting;

/// <summary>Shows the errors of a server in the output of the test that runs it.</summary>
internal sealed class TestLog(ITestOutputHelper? output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(output, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ITestOutputHelper? output, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                try
                {
                    output?.WriteLine($"{category}: {formatter(state, exception)} {exception}");
                }
                catch (InvalidOperationException)
                {
                    // The test is over, and the server still stops.
                }
            }
        }
    }
}
