using Baton.Configuration.Secrets;

namespace Baton.Configuration;

/// <summary>
/// A secret that may be replaced while the process runs, when it comes from a file. Ask for it each time that it is used, and keep
/// nothing made of it longer than one use. Thread-safe.
/// </summary>
public sealed class ConfiguredSecret
{
    private readonly Lock _gate = new();
    private readonly SecretFile? _file;
    private readonly Action<SecretNotice>? _notify;
    private string _value;
    private string? _problem;

    private ConfiguredSecret(string value, SecretFile? file, Action<SecretNotice>? notify) => (_value, _file, _notify) = (value, file, notify);

    /// <summary>One that stays as it is.</summary>
    public static ConfiguredSecret Fixed(string value) => new(value, file: null, notify: null);

    /// <summary>
    /// The value in force. A file is read again by this, which takes microseconds; while it cannot be used (it is being written, or is
    /// gone), its last good content stays in force.
    /// </summary>
    public string Read()
    {
        if (_file is null)
        {
            return _value;
        }

        lock (_gate)
        {
            try
            {
                var now = _file.Read().Text;
                _problem = null;
                if (now != _value)
                {
                    _notify?.Invoke(new(_file.Setting, _file.Path, now, Problem: null));
                    _value = now;
                }
            }
            catch (ConfigurationException unusable)
            {
                if (_problem != unusable.Message)
                {
                    _problem = unusable.Message;
                    _notify?.Invoke(new(_file.Setting, _file.Path, Replacement: null, _problem));
                }
            }

            return _value;
        }
    }

    // Somebody will print it.
    public override string ToString() => nameof(ConfiguredSecret);

    /// <param name="file">Where it is from.</param>
    /// <param name="first">What was read at the start.</param>
    /// <param name="notify">Told of each replacement before anybody gets it, and of each new problem.</param>
    internal static ConfiguredSecret Of(SecretFile file, SecretReading first, Action<SecretNotice> notify)
        => new(first.Text, first.IsRepeatable ? file : null, notify);
}
