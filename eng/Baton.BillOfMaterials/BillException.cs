namespace Baton.BillOfMaterials;

/// <summary>What was given does not add up to a bill; says what to do.</summary>
internal sealed class BillException(string message) : Exception(message);
