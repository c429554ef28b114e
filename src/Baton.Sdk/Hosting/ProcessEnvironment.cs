using Baton.Configuration.Secrets;
using Baton.Sdk.Logging;

namespace Baton.Sdk.Hosting;

/// <summary>What surrounds the process, so that tests can be it.</summary>
public sealed record ProcessEnvironment
{
    public required Func<string, string?> Variables { get; init; }

    public required string WorkingDirectory { get; init; }

    public required Stream Output { get; init; }

    public required Stream Error { get; init; }

    /// <summary>Read by few operations, and only when they are told to.</summary>
    public Stream Input { get; init; } = Stream.Null;

    /// <summary>Standard input is a terminal.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The one of the process.</summary>
    internal Redactor Redactor { get; } = new();

    internal LogStreams LogStreams => new(Output, Error);

    /// <summary>The real one.</summary>
    public static ProcessEnvironment Current() => new()
    {
        Variables = Environment.GetEnvironmentVariable,
        WorkingDirectory = Environment.CurrentDirectory,
        Output = Console.OpenStandardOutput(),
        Error = Console.OpenStandardError(),
        Input = Console.OpenStandardInput(),
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };
}
