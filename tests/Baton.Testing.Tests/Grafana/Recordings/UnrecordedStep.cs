namespace Baton.Testing.Tests.Grafana.Recordings;

/// <summary>One request that has to be made although it was not recorded.</summary>
internal sealed record UnrecordedStep(
    string Method, string Path, string? Body = null, string Credential = "basic:server-admin", int Status = 200);
