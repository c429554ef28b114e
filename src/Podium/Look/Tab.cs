namespace Podium.Look;

public sealed record Tab(string Text, string Href, bool IsCurrent, string? Count = null);

public sealed record Crumb(string Text, string Href);
