using System.Globalization;
using Podium.Data;

namespace Podium.Look;

/// <summary>A moment as people say it, seen from another one.</summary>
internal static class Ago
{
    private const int DaysOfAYear = 365;
    private const int DaysOfAMonth = 30;

    /// <param name="before">What follows a span that lies before <paramref name="now"/>: <c>ago</c>, or <c>before</c> where the page shows the past.</param>
    public static string Text(Moment moment, Moment now, string before = "ago")
    {
        var span = moment - now;
        var length = span.Duration();
        return length switch
        {
            { TotalSeconds: < 10 } => "now",
            _ when span < TimeSpan.Zero => $"{Length(length)} {before}",
            _ => $"in {Length(length)}",
        };
    }

    /// <summary>How long something took: <c>1.4 s</c>, <c>3 min 20 s</c>.</summary>
    public static string Took(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 60 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{(int)span.TotalHours} h {span.Minutes} min",
    };

    private static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 60 } => $"{(int)length.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)length.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)length.TotalHours} h",
        { TotalDays: < 2 } => "1 day",
        { TotalDays: < 2 * DaysOfAMonth } => $"{(int)length.TotalDays} days",
        { TotalDays: < 2 * DaysOfAYear } => $"{(int)(length.TotalDays / DaysOfAMonth)} months",
        _ => $"{(int)(length.TotalDays / DaysOfAYear)} years",
    };
}
