using Baton.Protocol.Connector.V2;

namespace Baton.Benchmarks;

/// <summary>What one sync of a populated Grafana stores, as messages.</summary>
internal sealed record Rows(IReadOnlyList<Resource> Resources, IReadOnlyList<Grant> Grants);
