namespace Baton.Evidence;

/// <summary>What was asked of the evidence cannot be given. The message says why, and what to do, in one line.</summary>
public sealed class EvidenceException(string message, EvidenceError error) : Exception(message)
{
    public EvidenceError Error { get; } = error;
}

/// <summary>Whose turn it is to mend it.</summary>
public enum EvidenceError
{
    /// <summary>Of whoever asked: the question names what there is not, or contradicts itself.</summary>
    Mistake,

    /// <summary>Of whoever made an input: it is missing, damaged, or none of its kind.</summary>
    BadInput,

    /// <summary>Of the machine: an output cannot be written.</summary>
    NotWritable,
}
