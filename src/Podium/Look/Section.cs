namespace Podium.Look;

/// <summary>The place in the navigation that a page belongs to.</summary>
public enum Section
{
    None,
    Home,
    Apps,
    People,
    Connectors,
    Audit,
    ApiKeys,
    Sessions,
}
