namespace Podium.Data;

internal static class TimeProviderExtensions
{
    public static Moment Now(this TimeProvider clock) => Moment.From(clock.GetUtcNow());
}
