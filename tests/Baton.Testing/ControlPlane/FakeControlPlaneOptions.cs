namespace Baton.Testing.ControlPlane;

/// <summary>How the control plane behaves and is hosted.</summary>
public sealed record FakeControlPlaneOptions
{
    /// <summary>What clients are called, before the @ of their ids.</summary>
    public string ClientName { get; init; } = "brave-otter-12345";

    /// <summary>
    /// The host in the client id. Nothing answers there: a client is sent to <see cref="FakeControlPlane.Address"/> by
    /// <c>BATON_C1_API_HOST</c>, or by a proxy. The certificate is good for it.
    /// </summary>
    public string TenantHost { get; init; } = "tenant.fake.test";

    /// <summary>What the client secret calls its key; null leaves the name out.</summary>
    public string? KeyId { get; init; }

    /// <summary>The clock of everything that is stamped, checked or waited for, except the certificates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>0 is any free port.</summary>
    public int Port { get; init; }

    /// <summary>How many hosts may serve this tenant; another one is a violation.</summary>
    public int MaxHosts { get; init; } = 1;

    /// <summary>How long a request for tasks waits for one to come; zero answers at once.</summary>
    public TimeSpan LongPoll { get; init; }

    /// <summary>How long a holder may be silent before its task is handed out again; null is for ever.</summary>
    public TimeSpan? TaskLease { get; init; }

    /// <summary>
    /// After how much real time a waiting method of <see cref="FakeControlPlane"/> gives up, with the calls so far in its message: so that a
    /// failing test says why.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);
}
