namespace Podium.Connectors.UseCases;

/// <summary>What ends with a connector, for whoever is about to delete it.</summary>
internal sealed record DeletionNumbers(long Accounts, long Resources, long Entitlements, long Grants, int OpenWork);
