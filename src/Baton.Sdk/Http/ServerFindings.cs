using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Baton.Sdk.Connectors;

namespace Baton.Sdk.Http;

/// <summary>What a server's certificate and clock mean, in words.</summary>
internal static class ServerFindings
{
    private static readonly TimeSpan SoonOver = TimeSpan.FromDays(21);
    private static readonly TimeSpan TolerableClock = TimeSpan.FromSeconds(30);

    /// <summary>Of a certificate that was accepted.</summary>
    /// <param name="seen">The certificate; null when the connection has none.</param>
    /// <param name="authorities">The file of one's own authorities; null for none.</param>
    /// <param name="now">The time.</param>
    public static CheckResult? Certificate(SeenCertificate? seen, string? authorities, DateTimeOffset now)
    {
        if (seen is null)
        {
            return null;
        }

        var left = seen.Until - now;
        var trusted = seen.Errors == SslPolicyErrors.None ? "trusted by the system" : authorities is null ? "not checked" : $"trusted through {authorities}";
        var text = string.Create(CultureInfo.InvariantCulture, $"{seen.Name}, issued by {seen.Issuer}, {trusted}, good until {seen.Until:yyyy-MM-dd} ({Math.Max(0, (int)left.TotalDays)} days)");
        return left < SoonOver
            ? CheckResult.Warning("certificate", text, "have the server's certificate renewed before it ends")
            : CheckResult.Ok("certificate", text);
    }

    /// <summary>Why a certificate was not accepted, and the way out; null when it was not the certificate.</summary>
    /// <param name="seen">The certificate; null when none was shown.</param>
    /// <param name="host">Who was meant.</param>
    /// <param name="setting">The setting that names a file of authorities.</param>
    /// <param name="now">The time.</param>
    public static CheckResult? Distrust(SeenCertificate? seen, string host, string setting, DateTimeOffset now)
    {
        if (seen is null || seen.Errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (now > seen.Until || now < seen.From)
        {
            return CheckResult.Failed(
                "certificate",
                string.Create(CultureInfo.InvariantCulture, $"{seen.Name} is good from {seen.From:yyyy-MM-dd} until {seen.Until:yyyy-MM-dd}, and by the clock here it is {now:yyyy-MM-dd}"),
                "have the server's certificate renewed, or correct the clock of this machine");
        }

        if (seen.Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return CheckResult.Failed("certificate", $"it is for {seen.Name}, not for {host}", $"use the name in the certificate instead of {host}");
        }

        var faults = string.Join(", ", seen.Faults.Where(fault => fault != X509ChainStatusFlags.NoError).Distinct());
        return CheckResult.Failed(
            "certificate", $"{seen.Name}, issued by {seen.Issuer}, is not trusted ({faults})", $"name the PEM file of the authority with {setting}");
    }

    /// <param name="difference">How far the clock here is ahead.</param>
    /// <param name="server">Whose clock it is compared with.</param>
    public static CheckResult? Clock(TimeSpan? difference, string server) => difference switch
    {
        null => null,
        { } small when small.Duration() <= TolerableClock => CheckResult.Ok("clock", $"agrees with that of {server}"),
        { } large => CheckResult.Warning(
            "clock",
            $"the clock here is {large.Duration().TotalSeconds:0} s {(large > TimeSpan.Zero ? "ahead of" : "behind")} that of {server}",
            "have both set by NTP; the platform takes nothing that is signed two minutes off"),
    };
}
