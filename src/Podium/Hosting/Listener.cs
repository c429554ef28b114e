namespace Podium.Hosting;

/// <summary>Through which door a request came; set on the connection, so that a port that was chosen by the system is told apart too.</summary>
internal enum Listener
{
    /// <summary>Everything but health and metrics.</summary>
    Public,

    /// <summary>The connectors' service alone, without TLS.</summary>
    Grpc,

    /// <summary>Hosted connectors: tokens and the connectors' service.</summary>
    Children,

    /// <summary>Health and metrics.</summary>
    Health,
}

internal sealed record ListenerFeature(Listener Listener);

internal static class ListenerExtensions
{
    public static Listener Listener(this HttpContext context) => context.Features.Get<ListenerFeature>()!.Listener;
}
