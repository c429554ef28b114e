namespace Baton.Sdk.Hosting.OneShot;

/// <summary>How an operation ended. The names in results are a contract with scripts.</summary>
internal enum OperationOutcome
{
    /// <summary>It was done, or answered.</summary>
    Done,

    /// <summary>What was asked for held before; nothing was changed.</summary>
    Already,

    /// <summary>A dry run: it would send the requests listed.</summary>
    Would,

    /// <summary>Somebody must act before it is complete, as the summary says.</summary>
    ActionRequired,

    /// <summary>The target system goes on with it by itself.</summary>
    InProgress,

    Failed,

    /// <summary>It was stopped, perhaps between two requests.</summary>
    Interrupted,
}

internal static class OperationOutcomes
{
    public static string Name(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done => "done",
        OperationOutcome.Already => "already",
        OperationOutcome.Would => "would",
        OperationOutcome.ActionRequired => "action-required",
        OperationOutcome.InProgress => "in-progress",
        OperationOutcome.Failed => "failed",
        OperationOutcome.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, message: null),
    };
}
