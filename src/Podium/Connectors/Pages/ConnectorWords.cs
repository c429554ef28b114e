namespace Podium.Connectors.Pages;

internal static class ConnectorWords
{
    /// <summary>Words for what a form has just done; what is in the address is only looked up here.</summary>
    public static string? Said(string? what) => what switch
    {
        "sync" => "A sync is asked for. The connector is told within a second.",
        "paused" => "Paused. Nothing is read or changed until somebody resumes it.",
        "resumed" => "Resumed.",
        "saved" => "The settings are saved. A sync with them begins now.",
        "renamed" => "The name is saved.",
        "owners" => "The owners are saved.",
        "scheduled" => "The schedule is saved.",
        "added" => "The connector is added. It needs its settings.",
        "revoked" => "The credential has ended; what used it is refused from now on.",
        "confirmed" => "The sync was applied.",
        "discarded" => "The sync is forgotten. The next one is judged anew.",
        "decided" => "Somebody else has decided this sync meanwhile; nothing was done twice.",
        "deleted" => "The connector is deleted, and what it read has ended.",
        _ => null,
    };
}
