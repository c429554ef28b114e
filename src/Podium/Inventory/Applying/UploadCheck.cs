using System.Text.Json;
using Baton.C1z;
using Baton.C1z.Reading;
using Baton.C1z.Syncs;

namespace Podium.Inventory.Applying;

/// <summary>Whether a file is all of what the connector sees. One that is not must never look like access that ended.</summary>
internal static class UploadCheck
{
    /// <summary>The sync of the file that is to be applied.</summary>
    /// <exception cref="UnusableUploadException">The file is not complete.</exception>
    public static (SyncReader Reader, SyncStats Counted) Read(C1zFile file)
    {
        var runs = file.Syncs.All();
        if (runs.Count == 0)
        {
            throw new UnusableUploadException("The upload holds no sync.");
        }

        // The one that was started last: an earlier one that did end says nothing about this attempt.
        var run = runs.MaxBy(each => each.StartedAt)!;
        if (!run.IsFinished)
        {
            throw new UnusableUploadException("The upload holds a sync that did not end.");
        }

        if (run.Type != SyncType.Full)
        {
            throw new UnusableUploadException($"The upload holds a sync of type {run.TypeName}, and a full one was asked for.");
        }

        var reader = file.Read(run);
        var counted = reader.Stats();
        if (counted.ResourceTypes == 0)
        {
            throw new UnusableUploadException("The upload lists no resource types: the connector synced nothing (is it started with skip-full-sync?).");
        }

        if (run.Stats is { } declared && Mismatch(declared, counted) is { } mismatch)
        {
            throw new UnusableUploadException(mismatch);
        }

        return (reader, counted);
    }

    /// <summary>A file with entitlements and without a grant, when there were grants, is one of a connector that does not read grants.</summary>
    /// <exception cref="UnusableUploadException">It is such a file.</exception>
    public static void RequireGrants(SyncReader reader, long grantsBefore)
    {
        if (grantsBefore > 0 && reader.Count(StoredTable.Grants) == 0 && reader.Count(StoredTable.Entitlements) > 0)
        {
            throw new UnusableUploadException($"The upload has entitlements and not one grant, where there were {grantsBefore:N0}: the connector did not read grants (is it started with skip-grants?).");
        }
    }

    private static string? Mismatch(string json, SyncStats counted)
    {
        try
        {
            using var declared = JsonDocument.Parse(json);
            (string Name, long Counted)[] totals =
            [
                ("resource_types", counted.ResourceTypes), ("resources", counted.Resources),
                ("entitlements", counted.Entitlements), ("grants", counted.Grants),
            ];
            foreach (var (name, number) in totals)
            {
                if (declared.RootElement.TryGetProperty(name, out var value) && value.GetInt64() is var said && said != number)
                {
                    return Sentence(said, name.Replace('_', ' '), number);
                }
            }

            (string Name, string Words, IReadOnlyDictionary<string, long> Counted)[] maps =
            [
                ("resources_by_resource_type", "resources", counted.ResourcesByType),
                ("entitlements_by_resource_type", "entitlements", counted.EntitlementsByType),
                ("grants_by_resource_type", "grants", counted.GrantsByType),
            ];
            foreach (var (name, words, numbers) in maps)
            {
                if (!declared.RootElement.TryGetProperty(name, out var map))
                {
                    continue;
                }

                foreach (var type in map.EnumerateObject())
                {
                    if (type.Value.GetInt64() is var said && numbers.GetValueOrDefault(type.Name) is var number && said != number)
                    {
                        return Sentence(said, $"{words} of type {type.Name}", number);
                    }
                }
            }

            return null;
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or FormatException)
        {
            return "The upload declares how much it holds in a form that cannot be read.";
        }
    }

    private static string Sentence(long declared, string what, long counted) => $"The upload declares {declared:N0} {what} and holds {counted:N0}: it is not complete.";
}

/// <summary>The upload cannot be applied. The message is one sentence for people.</summary>
internal sealed class UnusableUploadException(string message, Exception? inner = null) : Exception(message, inner);
