using System.Globalization;
using Podium.Data;

namespace Podium.Look;

/// <summary>
/// Who looks at a page, as far as it changes how things are shown: the zone of their clock, the theme that they chose. Both come from cookies that
/// the page's own script writes, and both have a good value without: UTC, and what the system says.
/// </summary>
internal sealed class Reader(IHttpContextAccessor accessor, TimeProvider clock)
{
    public const string ZoneCookie = "podium-zone";
    public const string ThemeCookie = "podium-theme";

    private TimeZoneInfo? _zone;

    public Moment Now { get; } = clock.Now();

    public TimeZoneInfo Zone => _zone ??= FindZone(accessor.HttpContext?.Request.Cookies[ZoneCookie]);

    /// <summary>Null: as the system.</summary>
    public string? Theme => accessor.HttpContext?.Request.Cookies[ThemeCookie] is ("light" or "dark") and var theme ? theme : null;

    public DateTimeOffset Local(Moment moment) => TimeZoneInfo.ConvertTime(moment.ToDateTimeOffset(), Zone);

    /// <summary>To the second, with the zone.</summary>
    public string Exact(Moment moment) => $"{Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {Zone.Id}";

    /// <summary>A moment as a field of a form has it (<c>2026-11-30T18:00</c>, in the reader's zone) or as an address has it (with <c>Z</c>).</summary>
    public bool TryMoment(string? text, out Moment moment)
    {
        moment = default;
        if (!DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time))
        {
            return false;
        }

        // Of an hour that a clock skips there is no moment; the offset before it gives the nearest one.
        var offset = text!.EndsWith('Z') ? TimeSpan.Zero : Zone.GetUtcOffset(time);
        if (time.Ticks - offset.Ticks < DateTime.MinValue.Ticks || time.Ticks - offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        moment = Moment.From(new DateTimeOffset(time.Ticks - offset.Ticks, TimeSpan.Zero));
        return true;
    }

    private static TimeZoneInfo FindZone(string? id)
        => id is { Length: < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
