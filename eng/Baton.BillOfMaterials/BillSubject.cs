namespace Baton.BillOfMaterials;

/// <summary>What the bill is of.</summary>
internal sealed record BillSubject(string Name, string Version, DateTimeOffset Made)
{
    public string Reference => $"pkg:generic/{Name}@{Version}";
}
