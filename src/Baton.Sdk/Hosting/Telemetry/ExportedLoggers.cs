using Baton.Configuration.Secrets;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Telemetry;

/// <summary>Writes each line to the log and hands it to the export as well.</summary>
internal sealed class ExportedLoggers(ILoggerFactory log, ILoggerFactory export, Redactor redactor) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new ExportedLogger(log.CreateLogger(categoryName), export.CreateLogger(categoryName), redactor);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the outputs are fixed");

    /// <summary>Both are somebody else's to end.</summary>
    public void Dispose()
    {
    }
}
