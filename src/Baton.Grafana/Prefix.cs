namespace Baton.Grafana;

/// <summary>What stands before an error, as upstream has it: the platform's people search their logs for it.</summary>
internal static class Prefix
{
    public const string Connector = "grafana-connector: ";

    /// <summary>With a token.</summary>
    public const string Cloud = $"{Connector}cloud: ";

    /// <summary>About tokens of service accounts.</summary>
    public const string Tokens = "baton-grafana: ";
}
