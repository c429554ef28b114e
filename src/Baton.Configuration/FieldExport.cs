namespace Baton.Configuration;

/// <summary>Who is told of a field by a program's description of its configuration.</summary>
public enum FieldExport
{
    /// <summary>People who set up the program in a form.</summary>
    Gui,

    /// <summary>Those who operate the process.</summary>
    Ops,

    /// <summary>Nobody: the field is for the command line.</summary>
    None,
}
