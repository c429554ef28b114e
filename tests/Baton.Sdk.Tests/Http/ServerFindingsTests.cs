using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;

namespace Baton.Sdk.Tests.Http;

public sealed class ServerFindingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(22, CheckLevel.Ok)]
    [InlineData(20, CheckLevel.Warning)]
    public void Certificate_EndOfItsTime_IsWarnedOf(int days, CheckLevel expected)
        => Assert.Equal(expected, ServerFindings.Certificate(Seen(SslPolicyErrors.None, days), null, Now)!.Level);

    [Fact]
    public void Distrust_EachReason_HasItsWayOut()
    {
        var expired = ServerFindings.Distrust(Seen(SslPolicyErrors.RemoteCertificateChainErrors, -1), "g", "--ca-cert", Now)!;
        var other = ServerFindings.Distrust(Seen(SslPolicyErrors.RemoteCertificateNameMismatch, 90), "h.example.com", "--ca-cert", Now)!;
        var stranger = ServerFindings.Distrust(Seen(SslPolicyErrors.RemoteCertificateChainErrors, 90), "g", "--ca-cert", Now)!;

        Assert.Equal("g.example.com is good from 2026-01-01 until 2026-11-22, and by the clock here it is 2026-11-23", expired.Text);
        Assert.Equal("it is for g.example.com, not for h.example.com", other.Text);
        Assert.Equal("name the PEM file of the authority with --ca-cert", stranger.Remedy);
        Assert.Null(ServerFindings.Distrust(Seen(SslPolicyErrors.None, 90), "g", "--ca-cert", Now));
        Assert.Null(ServerFindings.Distrust(null, "g", "--ca-cert", Now));
    }

    [Theory]
    [InlineData(30, CheckLevel.Ok, "agrees")]
    [InlineData(-30, CheckLevel.Ok, "agrees")]
    [InlineData(31, CheckLevel.Warning, "31 s ahead of")]
    [InlineData(-31, CheckLevel.Warning, "31 s behind")]
    public void Clock_Difference_IsToleratedUpToHalfAMinute(int seconds, CheckLevel expected, string text)
    {
        var result = ServerFindings.Clock(TimeSpan.FromSeconds(seconds), "g")!;

        Assert.Equal(expected, result.Level);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
    }

    private static SeenCertificate Seen(SslPolicyErrors errors, int days)
        => new("g.example.com", "CN=Somebody", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Now.AddDays(days), errors, [X509ChainStatusFlags.UntrustedRoot]);
}
