namespace Podium.Connectors;

internal static class ConnectorSubject
{
    /// <summary>What the audit log calls it.</summary>
    public static (string Kind, string Id) Subject(this Connector connector) => ("connector", connector.PublicId.ToString());
}
