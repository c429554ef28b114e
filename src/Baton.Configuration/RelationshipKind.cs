namespace Baton.Configuration;

public enum RelationshipKind
{
    /// <summary>All or none.</summary>
    Together,

    /// <summary>One at most.</summary>
    Exclusive,

    /// <summary>One or more.</summary>
    AtLeastOne,

    /// <summary>None, unless other fields are set too.</summary>
    Dependent,
}
