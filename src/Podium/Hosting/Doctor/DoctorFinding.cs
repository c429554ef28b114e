namespace Podium.Hosting.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">What it is about: <c>database</c>, <c>keys</c>, ….</param>
/// <param name="Check">Its name, which programs may know it by.</param>
/// <param name="Text">What was found, in one sentence.</param>
/// <param name="Remedy">Which setting to change, or what to do; null where nothing is wrong.</param>
internal sealed record DoctorFinding(string Area, string Check, FindingLevel Level, string Text, string? Remedy = null)
{
    public static DoctorFinding Ok(string area, string check, string text) => new(area, check, FindingLevel.Ok, text);

    public static DoctorFinding Warning(string area, string check, string text, string remedy) => new(area, check, FindingLevel.Warning, text, remedy);

    public static DoctorFinding Failed(string area, string check, string text, string remedy) => new(area, check, FindingLevel.Failed, text, remedy);
}

internal enum FindingLevel
{
    Ok,

    /// <summary>It works, and something is worse than it could be.</summary>
    Warning,
    Failed,
}
