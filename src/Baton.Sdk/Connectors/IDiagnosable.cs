namespace Baton.Sdk.Connectors;

/// <summary>A connector that can say in detail whether it would work, for the <c>doctor</c> command.</summary>
public interface IDiagnosable
{
    /// <summary>
    /// Looks at the target system: its address, the credential, what the credential may do. Changes nothing, and fails by its results
    /// alone. A credential that may be wrong is tried once: many target systems lock accounts.
    /// </summary>
    IAsyncEnumerable<CheckResult> DiagnoseAsync(DiagnosisRequest request, CancellationToken cancellationToken);
}

/// <summary>What is wanted of the connector.</summary>
/// <param name="MayChange">Changes are allowed, so what they need is missed when it is not there.</param>
public sealed record DiagnosisRequest(bool MayChange);

/// <summary>One thing that was looked at.</summary>
/// <param name="Level">How it is.</param>
/// <param name="Check">What, in a word or two: <c>certificate</c>, <c>permission org.users:read</c>.</param>
/// <param name="Text">What was found, in plain words, without secrets.</param>
public sealed record CheckResult(CheckLevel Level, string Check, string Text)
{
    /// <summary>What to change, if something is to be changed.</summary>
    public string? Remedy { get; init; }

    public static CheckResult Ok(string check, string text) => new(CheckLevel.Ok, check, text);

    public static CheckResult Note(string check, string text) => new(CheckLevel.Note, check, text);

    public static CheckResult Warning(string check, string text, string? remedy) => new(CheckLevel.Warning, check, text) { Remedy = remedy };

    public static CheckResult Failed(string check, string text, string? remedy = null) => new(CheckLevel.Failed, check, text) { Remedy = remedy };

    public static CheckResult Skipped(string check, string why) => new(CheckLevel.Skipped, check, why);
}

/// <summary>How something is that was looked at.</summary>
public enum CheckLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Worth knowing, and neither good nor bad.</summary>
    Note,

    /// <summary>It works, but not all of it, or not for long.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>Not looked at, because something else failed before it.</summary>
    Skipped,
}
