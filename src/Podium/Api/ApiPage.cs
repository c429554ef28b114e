using System.Globalization;

namespace Podium.Api;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Size">Rows, 10 to 100.</param>
/// <param name="Token">Where to go on; null at the beginning.</param>
internal readonly record struct ApiPage(int Size, string? Token)
{
    private const int Default = 25;
    private const int Smallest = 10;
    private const int Largest = 100;

    /// <summary>Nothing means 25, too few means 10, too many means 100: no client that asks for another number is refused.</summary>
    public static ApiPage Of(int? size, string? token) => new(
        size switch
        {
            null or <= 0 => Default,
            < Smallest => Smallest,
            > Largest => Largest,
            { } good => good,
        },
        string.IsNullOrEmpty(token) ? null : token);
}

internal static class ApiPageExtensions
{
    /// <summary>From the query of a GET.</summary>
    /// <exception cref="ApiException">The size is no number.</exception>
    public static ApiPage Page(this HttpContext context)
    {
        var query = context.Request.Query;
        var size = First(query, "page_size", "pageSize");
        return string.IsNullOrEmpty(size)
            ? ApiPage.Of(null, First(query, "page_token", "pageToken"))
            : int.TryParse(size, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? ApiPage.Of(number, First(query, "page_token", "pageToken"))
                : throw new ApiException(ApiCode.InvalidArgument, "page_size is no number.");
    }

    private static string? First(IQueryCollection query, string one, string other) => query.TryGetValue(one, out var value) ? value.ToString() : query[other].ToString();
}
