namespace Baton.Sdk.Hosting.OneShot;

/// <summary>One operation that the configuration asks for, instead of a sync. Its settings are read and found complete.</summary>
internal interface IOneShotOperation
{
    /// <summary>As the result names it. Never changed: scripts read it.</summary>
    string Name { get; }

    /// <summary>As the log names it.</summary>
    string TaskType => Name.Replace('-', '_');

    /// <summary>It may change the target system, and is therefore refused unless provisioning is enabled.</summary>
    bool ChangesTarget { get; }

    /// <summary>It reads and writes files and asks nobody: it has no connector, and needs no credential.</summary>
    bool IsOnFilesAlone => false;

    /// <exception cref="Connectors.ConnectorException">It failed, or cannot be done.</exception>
    /// <exception cref="Connectors.ChangeWithheldException">It was a dry run, and would have changed something.</exception>
    Task<OperationResult> RunAsync(OperationContext context, CancellationToken cancellationToken);
}
