namespace Podium.Look;

/// <summary>
/// What an endpoint hands to its page, for one request. A component is a public class, and a parameter of it would make each record of a feature
/// public; what is injected need not be.
/// </summary>
internal sealed class Given<T>
    where T : class
{
    private T? _value;

    public T Value
    {
        get => _value ?? throw new InvalidOperationException($"No {typeof(T).Name} was given to the page.");
        set => _value = value;
    }
}

internal static class GivenExtensions
{
    /// <summary>For pages that take more than one thing.</summary>
    public static void Give<T>(this HttpContext context, T value)
        where T : class
        => context.RequestServices.GetRequiredService<Given<T>>().Value = value;
}
