using Baton.Grafana;
using Baton.Sdk.Hosting;

return await ConnectorHost.RunAsync(GrafanaProgram.Definition, args);
