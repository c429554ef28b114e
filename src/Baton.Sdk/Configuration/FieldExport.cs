namespace Baton.Sdk.Configuration;

/// <summary>Who is told of a field by the <c>config</c> document.</summary>
public enum FieldExport
{
    /// <summary>People who set up the connector in the platform's pages.</summary>
    Gui,

    /// <summary>Those who operate the process.</summary>
    Ops,

    /// <summary>Nobody: the field is for the command line.</summary>
    None,
}
