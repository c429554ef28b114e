namespace Baton.Cli.Review.Inputs;

/// <summary>A file that somebody hands in.</summary>
internal static class SheetFile
{
    /// <exception cref="CliException">It cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception refusal) when (refusal is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException($"{path}: no such file", ExitCode.BadFile);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot read {path}: {refusal.Message}", ExitCode.BadFile);
        }
    }
}
