using Baton.CommandLine;
using Baton.Credentials;
using Podium.Audit;
using Podium.Backups;
using Podium.Hosting.Settings;

namespace Podium.Hosting.Commands;

/// <summary><c>podium backup FILE</c> and <c>podium backup-key</c>.</summary>
internal static class BackupCommand
{
    private static readonly StringsFlag Recipient = new("recipient", "Encrypt to this age recipient, instead of the one made by backup-key");
    private static readonly BooleanFlag Plain = new("plain", "Encrypt to nobody: whoever has the file has the server's secrets");
    private static readonly BooleanFlag Replace = new("replace", "Make another key where there is one");

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "backup",
        Arguments = new(1, 1, "FILE"),
        Summary = "Write all that a restore needs into one encrypted file, while the server runs",
        Flags = [Recipient, Plain],
        Handler = async (invocation, cancellationToken) =>
        {
            var path = invocation.Arguments[0];
            var options = PodiumSettings.Resolve(invocation, environment).Options;
            if (options.Database is null && !File.Exists(Path.Combine(options.DataDirectory, "podium.db")))
            {
                throw new StartupException($"There is no podium in {options.DataDirectory}: name its folder with --data.");
            }

            await using var command = await DatabaseCommand.OpenAsync(options, migrates: false, cancellationToken);
            var recipients = await RecipientsAsync(invocation, command, cancellationToken);
            var manifest = await command.Get<MakeBackup>().RunAsync(Path.GetFullPath(path, environment.WorkingDirectory), recipients, Actor.Operator, cancellationToken);
            var encrypted = recipients.Count == 0 ? "not encrypted" : $"encrypted to {string.Join(", ", recipients.Select(recipient => recipient.Text))}";
            await CommandAnswer.WriteAsync(
                invocation,
                $"The backup of {manifest.MadeAt} is in {path}, {encrypted}: {manifest.Tables.Sum(table => table.Rows)} rows in {manifest.Tables.Count} tables.",
                new()
                {
                    ["path"] = path,
                    ["madeAt"] = manifest.MadeAt.ToString(),
                    ["encrypted"] = recipients.Count > 0,
                    ["tables"] = manifest.Tables.Count,
                    ["rows"] = manifest.Tables.Sum(table => table.Rows),
                    ["parts"] = manifest.Parts.Count,
                });
            return 0;
        },
    };

    public static CommandDefinition DefineKey(ProgramEnvironment environment) => new()
    {
        Name = "backup-key",
        Summary = "Make the key to whom backups are encrypted, and show the identity that opens them, once",
        Flags = [Replace],
        Handler = DatabaseCommand.Handler(environment, async (invocation, command, cancellationToken) =>
        {
            using var made = await command.Get<BackupRecipients>().MakeAsync(invocation.Flags.Get(Replace), Actor.Operator, cancellationToken);
            await CommandAnswer.WriteAsync(
                invocation,
                $"# Opens the backups of this server that are made from now on. Keep it elsewhere: it is shown once.\n# public key: {made.Recipient.Text}\n{made.Reveal()}",
                new() { ["recipient"] = made.Recipient.Text, ["identity"] = made.Reveal() });
            return 0;
        }),
    };

    private static async Task<IReadOnlyList<AgeProviderRecipient>> RecipientsAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        var given = invocation.Flags.Get(Recipient);
        if (invocation.Flags.Get(Plain))
        {
            return given.Count == 0 ? [] : throw new UsageException("--plain and --recipient contradict each other");
        }

        if (given.Count > 0)
        {
            try
            {
                return [.. given.Select(AgeProviderRecipient.Parse)];
            }
            catch (CredentialException refusal)
            {
                throw new UsageException($"--recipient is no age recipient: {refusal.Message}");
            }
        }

        return await command.Get<BackupRecipients>().FindAsync(cancellationToken) is { } known
            ? [known]
            : throw new StartupException("A backup holds the server's secrets, and there is nobody to encrypt it to: make a key once with podium backup-key, or give --recipient, or say --plain.");
    }
}
