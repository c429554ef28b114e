namespace Podium.Look;

/// <summary>What every page of this request says of the server as a whole.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Href">Where it is explained; null for nobody who may go there.</param>
internal sealed record ServerNotice(string Text, string? Href);
