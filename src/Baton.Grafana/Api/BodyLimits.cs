namespace Baton.Grafana.Api;

/// <summary>How large an answer may be, in bytes after decompression. Far beyond what any Grafana answers, and far below what a machine has.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Row">One row of a list, with what nobody asked for in it: a parser holds it whole to skip it.</param>
/// <param name="Text">One text or number.</param>
internal readonly record struct BodyLimits(long Total, long Row, long Text)
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Of an answer that is read into memory: a page of a thousand rows, say.</summary>
    public static readonly BodyLimits Page = new(32 * Mebibyte, 32 * Mebibyte, Mebibyte);

    /// <summary>Of a list that is read row by row, such as all members of an organization.</summary>
    public static readonly BodyLimits Stream = new(256 * Mebibyte, 4 * Mebibyte, Mebibyte);
}
