namespace Baton.Configuration.Secrets;

/// <summary>Something happened to a secret's file.</summary>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Path">The file.</param>
/// <param name="Replacement">The new secret; null when there is none.</param>
/// <param name="Problem">Why the file cannot be used; null when it can.</param>
public sealed record SecretNotice(string Setting, string Path, string? Replacement, string? Problem)
{
    // A record would print the secret.
    public override string ToString() => $"{Setting}: {Problem ?? "replaced"}";
}
