namespace Podium.Hosting;

/// <summary>What surrounds the process, so that tests can be it.</summary>
internal sealed record ProgramEnvironment(Func<string, string?> Variables, string WorkingDirectory)
{
    /// <summary>The real one.</summary>
    public static ProgramEnvironment Current => new(Environment.GetEnvironmentVariable, Environment.CurrentDirectory);
}
