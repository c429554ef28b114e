namespace Podium.Connectors.Deployment;

/// <summary>How a connector that runs elsewhere is started.</summary>
internal enum DeploymentKind
{
    Kubernetes,
    Systemd,
    Docker,
}
