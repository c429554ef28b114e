namespace Baton.Grafana.Tests.Memberships;

/// <summary>How a request goes wrong; "after" is after Grafana did what it was asked.</summary>
public enum Interruption
{
    ResetBefore,
    ResetAfter,
    TimeUpBefore,
    TimeUpAfter,
    KilledBefore,
    KilledAfter,
    CutShortOfItsLength,
    CutWithinChunks,
    CutUnannounced,
    Empty,
    Status500Before,
    Status500After,
    Status502Before,
    Status502After,
    Status503Before,
    Status503After,
    Status504Before,
    Status504After,
    RateLimited,
    HtmlBefore,
    HtmlAfter,
    HtmlGatewayAfter,

    /// <summary>This request is the first of many.</summary>
    GoneBefore,

    /// <summary>This request is the last that has an effect.</summary>
    GoneAfter,
}
