namespace Podium.Look;

/// <summary>A number with its noun: <c>1 account</c>, <c>1,204 accounts</c>.</summary>
internal static class Counted
{
    public static string Text(long number, string one, string? many = null) => number switch
    {
        0 => $"No {many ?? one + "s"}",
        1 => $"1 {one}",
        _ => $"{number:N0} {many ?? one + "s"}",
    };
}
