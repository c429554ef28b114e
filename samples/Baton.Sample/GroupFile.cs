using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Sample;

/// <summary>The file. A real connector has a client of an API here.</summary>
internal sealed class GroupFile(string path)
{
    /// <returns>The members of each group, by its name.</returns>
    /// <exception cref="ConnectorException">The file cannot be read, or a line makes no sense. A part is never returned for the whole.</exception>
    public async Task<SortedDictionary<string, SortedSet<string>>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var groups = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
            foreach (var (line, number) in (await File.ReadAllLinesAsync(path, cancellationToken)).Select((line, index) => (line, index + 1)))
            {
                if (line.Split(':') is not [{ Length: > 0 } name, var members] || !groups.TryAdd(name, new(Names(members), StringComparer.Ordinal)))
                {
                    throw new ConnectorException(StatusCode.FailedPrecondition, $"{path}, line {number}: expected name:member,member with a name of its own");
                }
            }

            return groups;
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new ConnectorException(StatusCode.FailedPrecondition, $"cannot read {path}: {refusal.Message} (--group-file)", refusal);
        }
    }

    /// <summary>Writes the members of a group. On a dry run, <see cref="Change.Send"/> ends it before anything is written.</summary>
    public async Task WriteAsync(string group, IEnumerable<string> members, Change change, CancellationToken cancellationToken)
    {
        var groups = await ReadAsync(cancellationToken);
        groups[group] = new(members, StringComparer.Ordinal);
        change.Send(new ChangeRequest("WRITE", group, string.Join(',', groups[group])));
        await File.WriteAllLinesAsync(path, groups.Select(entry => $"{entry.Key}:{string.Join(',', entry.Value)}"), cancellationToken);
    }

    private static string[] Names(string members) => members.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
