namespace Baton.Testing.Grafana.Mutations;

/// <summary>What is done to one value of an answer.</summary>
public enum MutationKind
{
    /// <summary>It is left out: a member of an object with its name, or a row of a list.</summary>
    Drop,

    /// <summary>It is there twice.</summary>
    Double,

    Null,

    /// <summary>It is of another type.</summary>
    Retype,
}
