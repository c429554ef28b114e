namespace Baton.C1z.Reading;

/// <summary>What the columns say of a grant.</summary>
/// <param name="EntitlementId">What is granted.</param>
/// <param name="Resource">On what.</param>
/// <param name="Principal">To whom.</param>
public readonly record struct GrantKeys(string EntitlementId, (string TypeId, string Id) Resource, (string TypeId, string Id) Principal);
