using Baton.CommandLine;
using Baton.Sdk.Tasks.Transport;

namespace Baton.Sdk.Hosting;

/// <summary>What the manual page of any connector says beside its flags.</summary>
internal static class ConnectorManual
{
    public static IReadOnlyList<ManualSection> Sections(string program) =>
    [
        new(
            "ENVIRONMENT",
            new ManualEntry("", "Every option can be set by the variable that its description names. An option wins over its variable, and a variable over the configuration file."),
            new("BATON_CONFIG_PATH", "The configuration file, whose name ends in .yaml or .yml."),
            new("BATON_TMPDIR", "The folder for temporary files, unless --c1z-temp-dir names one."),
            new("BATON_KEEP_SYNC_COUNT", "How many finished syncs a file keeps; 2 if not set."),
            new("BATON_RETRY_LIMIT", "How often in a row a request is repeated that failed for a reason that passes."),
            new(PlatformAddress.Override, "The host of the platform, as host or host:port, instead of the one in the client id."),
            new("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "The proxy for connections, and the hosts that are reached without one."),
            new("SSL_CERT_FILE, SSL_CERT_DIR", "The certificate authorities to trust, instead of the system's."),
            new("NOTIFY_SOCKET, WATCHDOG_USEC", "Set by systemd for services of Type=notify, which are told when the service is ready, stopping and alive.")),
        new(
            "FILES",
            new ManualEntry(".baton.yaml, .baton.yml, .baton", "The configuration file in the working directory: a map from the names of options, without dashes, to values."),
            new("sync.c1z", "What a sync writes, unless --file names another."),
            new("sync.c1z.partial", "The progress of an interrupted sync, which the same command goes on with.")),
        new(
            "EXIT STATUS",
            new ManualEntry("0", "Done; also a service that was asked to stop."),
            new("1", "Interrupted by a signal."),
            new("2", "Something that you can mend: an option, a file, a setting. One line on standard error says what."),
            new("3 to 16", "The target system or the platform does not do what is asked; the number is the gRPC code of the reason, such as 7 for a missing permission, 14 for no connection, 16 for a refused credential.")),
        new(
            "EXAMPLES",
            new ManualEntry("", $"Look whether everything is right before the first sync:\n\n  {program} doctor\n\nSync into a file:\n\n  {program} --file access.c1z")),
    ];
}
