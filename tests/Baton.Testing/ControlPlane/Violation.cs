using Baton.Testing.ControlPlane.Calls;

namespace Baton.Testing.ControlPlane;

/// <summary>Something that no client may do.</summary>
public sealed record Violation(PlatformCall Call, string Text)
{
    public override string ToString() => $"{Text} ({Call})";
}
