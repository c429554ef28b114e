using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Podium.Connectors.Catalog;
using Podium.Data;
using Podium.Hosting;
using Podium.Hosting.Authority;

namespace Podium.Connectors.Hosted;

/// <summary>
/// Tries settings before they are kept, in a process that lives for this alone: the connector is told to sync a type that there is not. Every
/// connector signs in first, so wrong credentials end it after one request, and good ones with its complaint about the type. It is given no
/// credential of this server, and what it may have written is thrown away: connectors of before 2026 ignore the type and sync all.
/// </summary>
internal sealed class SettingsTrial(ChildStarter starter, DataFolder folder, IServerCertificate certificate, TimeProvider clock) : IDisposable
{
    private const string MissingType = "podium-probe";
    private const int MostLines = 200;
    private const int LongestReason = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string[] WordsOfRefusal = ["401", "403", "nauthorized", "nauthenticated", "credential", "password"];
    private static readonly string[] WordsOfDistance = ["dial ", "no such host", "connection refused", "timeout", "certificate"];

    // Each is a process, and a sign-in at somebody's server.
    private readonly SemaphoreSlim _places = new(2);

    /// <exception cref="TrialRefusal">They do not work: at which field, and what the connector said.</exception>
    /// <exception cref="Refusal">They could not be tried.</exception>
    public async Task RunAsync(CatalogEntry entry, CatalogSchema schema, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var executable = entry.Executable ?? throw new Refusal("The connector's executable is not on this machine: put it into --catalog, or beside podium.");
        await _places.WaitAsync(cancellationToken);
        var files = ChildFolder.Create(folder, $"trial-{Ksuid.New(clock)}");
        try
        {
            files.WriteAuthorities(certificate.AuthorityPem);
            files.WriteConfiguration(Configuration(settings, schema));
            var written = new List<string>();
            await using var child = await HostedChild.StartAsync(
                starter,
                executable,
                files,
                start =>
                {
                    ChildConfiguration.SetEnvironment(start, executable, files);
                    // Somebody waits in front of a form: what does not answer now is said now.
                    start.Environment["BATON_RETRY_LIMIT"] = "1";
                },
                line =>
                {
                    lock (written)
                    {
                        written.Add(line);
                        if (written.Count > MostLines)
                        {
                            written.RemoveAt(0);
                        }
                    }
                });
            var code = await EndAsync(child, cancellationToken);
            List<string> lines;
            lock (written)
            {
                lines = [.. written];
            }

            if (code != 0 && !lines.Exists(line => line.Contains(MissingType, StringComparison.Ordinal)))
            {
                throw Failure(code, Reason(lines, settings, schema), schema, settings);
            }
        }
        catch (Exception failure) when (failure is IOException or Win32Exception or UnauthorizedAccessException)
        {
            throw new Refusal($"The connector's process cannot be started: {failure.Message}");
        }
        finally
        {
            files.Dispose();
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static Dictionary<string, object> Configuration(IReadOnlyDictionary<string, string> settings, CatalogSchema schema)
    {
        var configuration = ChildConfiguration.Of(settings, schema);
        configuration["file"] = "trial.c1z";
        configuration["sync-resource-types"] = new[] { MissingType };
        return configuration;
    }

    /// <returns>The exit code; null when it had to be ended.</returns>
    private static async Task<int?> EndAsync(HostedChild child, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await child.WaitAsync(end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            child.Kill();
            return null;
        }
    }

    // Ours ends with the number of the code. Others end with 1, and say what is wrong in words only.
    private static TrialRefusal Failure(int? code, string reason, CatalogSchema schema, IReadOnlyDictionary<string, string> settings)
    {
        var method = schema.Methods.FirstOrDefault(one => one.Name == settings.GetValueOrDefault(CatalogSchema.MethodField));
        var secret = schema.Fields.FirstOrDefault(field => field.IsSecret && settings.ContainsKey(field.Name) && method?.Has(field.Name) != false)?.Name;
        var address = schema.Fields.FirstOrDefault(field => field.IsAddress && settings.ContainsKey(field.Name))?.Name;
        var named = schema.Fields.FirstOrDefault(field => settings.ContainsKey(field.Name) && reason.StartsWith(field.Name, StringComparison.OrdinalIgnoreCase))?.Name;
        return (StatusCode?)code switch
        {
            null => new($"It did not answer within {Patience.TotalSeconds:0} s. {reason}".TrimEnd(), address),
            StatusCode.Unauthenticated => new(reason, secret),
            StatusCode.PermissionDenied => new(reason, secret),
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => new(reason, address),
            _ => new(reason, named ?? Guess(reason, secret, address)),
        };
    }

    private static string? Guess(string reason, string? secret, string? address)
        => WordsOfRefusal.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase)) ? secret
        : WordsOfDistance.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase)) ? address
        : null;

    // The last plain line is meant for people; where there is none, the last line of the log that tells an error.
    private static string Reason(List<string> lines, IReadOnlyDictionary<string, string> settings, CatalogSchema schema)
    {
        var reason = lines.FindLast(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('{')) ?? lines.Select(ErrorOf).LastOrDefault(error => error is not null)
            ?? "The connector ended without a word.";
        reason = ChildConfiguration.Secrets(settings, schema).Aggregate(reason.Trim(), (text, secret) => text.Replace(secret, "•••", StringComparison.Ordinal));
        reason = reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason;
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(reason[0])}{reason[1..]}");
    }

    private static string? ErrorOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                ? error.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The application did not take the settings. That may be wanted: an account that is made later, a server that is down for an hour.</summary>
internal sealed class TrialRefusal(string message, string? field) : Refusal(message, field);
