namespace Baton.Sdk.Tasks.Transport;

/// <summary>Something answered in the platform's place: a load balancer, a proxy, a portal.</summary>
internal sealed class NotThePlatformException(string message) : Exception(message);
