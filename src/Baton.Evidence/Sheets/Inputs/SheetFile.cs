namespace Baton.Evidence.Sheets.Inputs;

/// <summary>A file that somebody hands in.</summary>
internal static class SheetFile
{
    /// <exception cref="EvidenceException">It cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception refusal) when (refusal is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EvidenceException($"{path}: no such file", EvidenceError.BadInput);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"cannot read {path}: {refusal.Message}", EvidenceError.BadInput);
        }
    }
}
