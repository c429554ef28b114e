namespace Baton.CommandLine.Parsing;

internal static class BuiltInFlags
{
    public static BooleanFlag Help { get; } = new("help", "print this help") { Short = 'h' };

    public static BooleanFlag Version { get; } = new("version", "print the version") { Short = 'v' };

    public static BooleanFlag LongVersion { get; } = new("version", "print the version");
}
