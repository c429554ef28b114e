namespace Baton.Testing.ControlPlane.Tokens;

/// <summary>What the control plane knows of a client.</summary>
internal sealed record RegisteredClient(ClientKey Key, string? KeyId);
