using System.Text;
using System.Text.Json.Nodes;
using Baton.CommandLine;
using Baton.Credentials;
using Podium.Backups.Restoring;
using Podium.Freezing;
using Podium.Hosting.Keys;
using Podium.Hosting.Settings;

namespace Podium.Hosting.Commands;

/// <summary><c>podium restore FILE</c>: into an empty folder or an empty database. The server starts frozen.</summary>
internal static class RestoreCommand
{
    private static readonly StringFlag Identity = new("identity-file", "The file with the age identity that opens the backup; for the server's own, its wrapping key");

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "restore",
        Arguments = new(1, 1, "FILE"),
        Summary = "Put a backup into an empty folder or an empty database",
        Flags = [Identity],
        Handler = async (invocation, cancellationToken) =>
        {
            var path = Path.GetFullPath(invocation.Arguments[0], environment.WorkingDirectory);
            var options = PodiumSettings.Resolve(invocation, environment).Options;
            UnicodeTables.Check();
            using var identity = await ReadIdentityAsync(invocation.Flags.Get(Identity), environment.WorkingDirectory, cancellationToken);
            var manifest = await RestoreBackup.RunAsync(path, identity is null ? [] : [identity], options, TimeProvider.System, cancellationToken);

            await using var command = await DatabaseCommand.OpenAsync(options, migrates: true, cancellationToken);
            await command.Get<Voiding>().RunAsync(name => File.Exists(Path.Combine(options.DataDirectory, "uploads", name)), cancellationToken);
            var rotate = await command.Get<RotationList>().AllAsync(cancellationToken);
            var text = new StringBuilder($"The backup of {manifest.MadeAt} is restored. The server that starts on it is frozen: it changes nothing until a Super Administrator resumes it, on the page /settings/restored or with podium resume.");
            text.Append($"\nIt was called {manifest.PublicUrl}: start it with the same --public-url, or client ids keep the old host.");
            if (rotate.Count > 0)
            {
                text.Append("\nMake anew, since what was revoked after the backup is good again:");
                foreach (var row in rotate)
                {
                    text.Append($"\n  {row.Kind.Text()}: {row.Whose}{(row.ClientId is { } id ? $" ({id})" : "")}");
                }
            }

            await CommandAnswer.WriteAsync(invocation, text.ToString(), new()
            {
                ["madeAt"] = manifest.MadeAt.ToString(),
                ["publicUrl"] = manifest.PublicUrl,
                ["frozen"] = true,
                ["rotate"] = new JsonArray([.. rotate.Select(row => (JsonNode)new JsonObject { ["kind"] = row.Kind.Text(), ["whose"] = row.Whose, ["clientId"] = row.ClientId })]),
            });
            return 0;
        },
    };

    private static async Task<AgeIdentity?> ReadIdentityAsync(string name, string workingDirectory, CancellationToken cancellationToken)
    {
        if (name.Length == 0)
        {
            return null;
        }

        try
        {
            var content = await File.ReadAllBytesAsync(Path.GetFullPath(name, workingDirectory), cancellationToken);
            return content.Length == WrappingKey.Length ? WrappingKey.BackupIdentity(content) : AgeIdentity.Parse(Encoding.UTF8.GetString(content));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CredentialException)
        {
            throw new UsageException($"--identity-file cannot be used: {failure.Message}");
        }
    }
}
