using Baton.CommandLine;
using Podium.Audit;
using Podium.SignIn;

namespace Podium.Hosting.Commands;

/// <summary><c>podium api-key create</c>: a key for a person's programs. Never a recipient of secrets: whoever runs this could read them.</summary>
internal static class ApiKeyCommand
{
    private static readonly StringFlag User = new("user", "The e-mail address of the person whom the key speaks for");
    private static readonly StringFlag Name = new("name", "By which the key is known", "made on the command line");
    private static readonly StringsFlag Roles = new("role", "Limit the key to a part of the person's roles");
    private static readonly StringsFlag Networks = new("network", "Limit the key to calls from a network, such as 10.0.0.0/8");
    private static readonly IntegerFlag Days = new("days", "How long the key lives", 90);

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "api-key",
        Summary = "Make keys for programs",
        Commands =
        [
            new() { Name = "create", Summary = "Make a key and print it, once", Flags = [User, Name, Roles, Networks, Days], Handler = DatabaseCommand.Handler(environment, CreateAsync) },
        ],
    };

    private static async Task<int> CreateAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        var flags = invocation.Flags;
        var row = await command.PersonAsync(flags.Get(User), cancellationToken);
        var roles = flags.Get(Roles).Select(text => RoleNames.TryParse(text, out var role) ? role : throw new UsageException($"--role: there is no role '{text}'")).ToList();
        if (flags.Get(Days) is < 1 or > 3650)
        {
            throw new UsageException("--days must be from 1 to 3650");
        }

        ApiKeyLimits limits = new(roles.Count == 0 ? null : roles, ApiKeyLimits.ParseNetworks(flags.Get(Networks)));
        var made = await command.Get<ApiKeys>().CreateAsync(row.Person.Id, new(flags.Get(Name), limits, TimeSpan.FromDays(flags.Get(Days))), Actor.Operator, cancellationToken);
        await CommandAnswer.WriteAsync(
            invocation,
            $"client id:     {made.Credential.ClientId}\nclient secret: {made.ClientSecret}\nThe secret is not shown again.",
            new() { ["clientId"] = made.Credential.ClientId, ["clientSecret"] = made.ClientSecret });
        return 0;
    }
}
