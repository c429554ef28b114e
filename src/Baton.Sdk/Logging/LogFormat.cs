namespace Baton.Sdk.Logging;

public enum LogFormat
{
    /// <summary>One JSON object a line, for machines.</summary>
    Json,

    /// <summary>Tab-separated columns, for people.</summary>
    Console,
}
