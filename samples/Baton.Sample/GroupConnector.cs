using Baton.Protocol.Connector.V2;
using Baton.Sdk.Connectors;

namespace Baton.Sample;

/// <summary>A group file as a target system: people, groups, and who is in which.</summary>
internal sealed class GroupConnector(string path) : IConnector
{
    private readonly GroupFile _file = new(path);

    public ConnectorMetadata Metadata { get; } = new() { DisplayName = "Group file" };

    public IReadOnlyList<IResourceSyncer> Syncers => [new PersonSyncer(_file), new GroupSyncer(_file)];

    public Task ValidateAsync(CancellationToken cancellationToken) => _file.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
