using Baton.Grafana.Servers;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Accounts;

/// <summary>Runs a change with what it needs to know of the server, one at a time.</summary>
internal delegate Task<ChangeOutcome> AccountChange(Func<ServerBuild, RetryPolicy, Task<ChangeOutcome>> change, CancellationToken cancellationToken);
