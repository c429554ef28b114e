using Baton.Configuration.Secrets;

namespace Baton.Sdk.Hosting;

/// <summary>
/// What a program says on standard error before it ends with a failure. A server may have repeated in its answer what it was sent, so from
/// when the secrets are known they are taken out of it, as out of the log.
/// </summary>
internal sealed class LastLine
{
    private Redactor _redactor = new([]);

    public void Know(IReadOnlyCollection<string> secrets) => _redactor = new(secrets);

    public string Of(Exception failure) => _redactor.Redact(FailureText.Of(failure));
}
