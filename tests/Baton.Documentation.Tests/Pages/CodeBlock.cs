namespace Baton.Documentation.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">The first word behind the fence.</param>
/// <param name="Note">What else stands there.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Place">Page and line, for messages.</param>
internal sealed record CodeBlock(string Language, string Note, string Text, string Place)
{
    private const string NoRun = "no-run:";
    private const string Example = "# example";
    private const string Exit = "exit=";

    public bool IsShell => Language == "sh";

    /// <summary>Why no test can run it; null for one that is run.</summary>
    /// <remarks>Behind the fence, or where readers see it: as a remark in the first line.</remarks>
    public string? ReasonNotToRun => Note.StartsWith(NoRun, StringComparison.Ordinal) ? Note[NoRun.Length..].Trim()
        : Text.StartsWith(Example, StringComparison.Ordinal) ? Text.Split('\n')[0].TrimStart('#', ' ')
        : null;

    /// <summary>It runs until it is stopped.</summary>
    public bool IsService => Note == "service";

    /// <summary>What its last command ends with.</summary>
    public int ExitCode => Note.StartsWith(Exit, StringComparison.Ordinal) ? int.Parse(Note[Exit.Length..]) : 0;

    public bool IsMarkedWell => Note.Length == 0 || IsService || ReasonNotToRun is { Length: > 0 }
        || (Note.StartsWith(Exit, StringComparison.Ordinal) && int.TryParse(Note[Exit.Length..], out var code) && code is > 0 and < 256);
}
