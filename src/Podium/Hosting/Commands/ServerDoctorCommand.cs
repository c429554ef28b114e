using System.Text.Json.Nodes;
using Baton.CommandLine;
using Baton.Configuration.Secrets;
using Podium.Hosting.Doctor;
using Podium.Hosting.Settings;
using Podium.Inventory;

namespace Podium.Hosting.Commands;

/// <summary><c>podium doctor</c>: looks whether everything is right, beside a running server or without one, and changes nothing.</summary>
internal static class ServerDoctorCommand
{
    private const int SomethingIsWrong = 1;

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "doctor",
        Summary = "Look whether everything is right, and say which setting to change",
        Flags = PodiumSettings.ServeFlags,
        Handler = (invocation, cancellationToken) => RunAsync(invocation, environment, cancellationToken),
    };

    private static async Task<int> RunAsync(Invocation invocation, ProgramEnvironment environment, CancellationToken cancellationToken)
    {
        var isJson = CommandAnswer.IsJson(invocation);
        var (options, _, secrets) = PodiumSettings.Resolve(invocation, environment);
        List<DoctorFinding> found =
        [
            SearchableText.IsAvailable
                ? DoctorFinding.Ok("program", "unicode", "Unicode's tables are there.")
                : DoctorFinding.Failed("program", "unicode", "Unicode's tables (ICU) are switched off or missing.", "Unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, and install the system's package libicu."),
            .. FolderFindings.Of(options),
            .. await new DatabaseFindings(options, TimeProvider.System).AllAsync(cancellationToken),
            .. await CertificateFindings.OfAsync(options, TimeProvider.System, cancellationToken),
            .. FolderFindings.OfCatalog(options.CatalogDirectory),
        ];
        var failed = found.Count(finding => finding.Level == FindingLevel.Failed);
        var warnings = found.Count(finding => finding.Level == FindingLevel.Warning);
        var redactor = new Redactor(secrets);
        if (isJson)
        {
            await CommandAnswer.WriteAsync(invocation, "", new()
            {
                ["ok"] = failed == 0,
                ["failed"] = failed,
                ["warnings"] = warnings,
                ["checks"] = new JsonArray([.. found.Select(finding => (JsonNode)new JsonObject
                {
                    ["area"] = finding.Area,
                    ["check"] = finding.Check,
                    ["level"] = finding.Level.ToString().ToLowerInvariant(),
                    ["text"] = redactor.Redact(finding.Text),
                    ["remedy"] = finding.Remedy is { } remedy ? redactor.Redact(remedy) : null,
                })]),
            });
        }
        else
        {
            await WriteAsync(invocation.Output, found, redactor);
            await invocation.Output.WriteLineAsync((failed, warnings) switch
            {
                (0, 0) => "Everything is right.",
                (0, _) => $"It works; {Counted(warnings, "warning")}.",
                _ => $"Something is wrong: {Counted(failed, "failure")}, {Counted(warnings, "warning")}.",
            });
        }

        return failed == 0 ? 0 : SomethingIsWrong;
    }

    private static async Task WriteAsync(TextWriter output, IReadOnlyList<DoctorFinding> found, Redactor redactor)
    {
        foreach (var area in found.GroupBy(finding => finding.Area, StringComparer.Ordinal))
        {
            await output.WriteLineAsync(area.Key);
            foreach (var finding in area)
            {
                var mark = finding.Level switch { FindingLevel.Ok => "ok", FindingLevel.Warning => "warning", _ => "FAILED" };
                await output.WriteLineAsync($"  {mark,-7} {finding.Check}: {redactor.Redact(finding.Text)}");
                if (finding.Remedy is { } remedy)
                {
                    await output.WriteLineAsync($"          -> {redactor.Redact(remedy)}");
                }
            }
        }
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
