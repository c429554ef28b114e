using Baton.Credentials;
using Microsoft.Extensions.Logging;

namespace Baton.Sdk.Hosting.Service;

/// <summary>The client secret in force, where its text may be replaced while the process runs. Thread-safe.</summary>
internal sealed partial class CurrentClientSecret : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<string> _text;
    private readonly ILogger _logger;

    // Those before may be in use still, so they live as long as this does. Secrets are replaced a few times a year.
    private readonly List<ClientSecret> _all = [];
    private string _seen;

    /// <exception cref="CredentialException">What there is at the start is no client secret.</exception>
    public CurrentClientSecret(Func<string> text, ILogger logger)
    {
        (_text, _logger) = (text, logger);
        _seen = text();
        _all.Add(ClientSecret.Parse(_seen));
    }

    /// <summary>What is no client secret does not replace one: it is said once, and the last good one stays in force.</summary>
    public ClientSecret Read()
    {
        var now = _text();
        lock (_gate)
        {
            if (now != _seen)
            {
                _seen = now;
                try
                {
                    _all.Add(ClientSecret.Parse(now));
                }
                catch (CredentialException malformed)
                {
                    LogMalformed(malformed.Message);
                }
            }

            return _all[^1];
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _all.ForEach(secret => secret.Dispose());
        }
    }

    [LoggerMessage(EventId = 4022, Level = LogLevel.Error, Message = "the client secret was replaced by something that is none; the one before stays in use")]
    private partial void LogMalformed(string error);
}
