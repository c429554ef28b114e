namespace Baton.Grafana.Listings;

/// <summary>How many rows go from hand to hand at once.</summary>
internal static class PageSize
{
    /// <summary>
    /// To whoever writes them: resources and grants are some times the size of what they are made of, so few of them wait to be written.
    /// </summary>
    public const int Written = 250;
}
