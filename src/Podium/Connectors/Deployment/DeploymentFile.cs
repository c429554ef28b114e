namespace Podium.Connectors.Deployment;

/// <summary>A file to save, or a command to run.</summary>
/// <param name="IsCommand">Typed, and not saved.</param>
internal sealed record DeploymentFile(string Name, string Text, bool IsCommand = false);
