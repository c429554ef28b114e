namespace Baton.C1z;

/// <summary>The formats of a <c>.c1z</c> file. There is no v2.</summary>
public enum C1zVersion
{
    /// <summary>A SQLite database.</summary>
    V1,

    /// <summary>A Pebble key-value store, which newer Go connectors write.</summary>
    V3,
}
