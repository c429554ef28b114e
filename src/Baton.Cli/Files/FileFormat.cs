using Baton.C1z;

namespace Baton.Cli.Files;

/// <summary>What the formats of a file are called.</summary>
internal static class FileFormat
{
    public static string Describe(C1zVersion version) => version == C1zVersion.V3 ? "C1Z3 (v3), Pebble" : "C1ZF (v1), SQLite";

    public static string NameOf(C1zVersion version) => version == C1zVersion.V3 ? "v3" : "v1";

    public static string EngineOf(C1zVersion version) => version == C1zVersion.V3 ? "pebble" : "sqlite";
}
