using System.Text.Json.Nodes;
using Baton.CommandLine;
using Podium.Audit;
using Podium.Data;
using Podium.People;
using Podium.SignIn;

namespace Podium.Hosting.Commands;

/// <summary><c>podium user …</c>: people, by whoever may run the executable beside the database. All of it is audited.</summary>
internal static class UserCommand
{
    private static readonly StringFlag Email = new("email", "The person's e-mail address");
    private static readonly StringFlag Name = new("name", "The person's name; the address when left out");
    private static readonly StringsFlag Roles = new("role", $"A role to give: {string.Join(", ", RoleNames.Slugs.Skip(1))}");
    private static readonly StringFlag PasswordFile = new("password-file", "A file with the password in its first line");

    public static CommandDefinition Define(ProgramEnvironment environment) => new()
    {
        Name = "user",
        Summary = "Make people, set passwords, give roles",
        Commands =
        [
            new() { Name = "create", Summary = "Make a person who may sign in", Flags = [Email, Name, Roles, PasswordFile], Handler = DatabaseCommand.Handler(environment, CreateAsync) },
            new() { Name = "reset-password", Summary = "Set a person's password and end the person's sessions", Flags = [Email, PasswordFile], Handler = DatabaseCommand.Handler(environment, ResetAsync) },
            new() { Name = "grant-role", Summary = "Give a person a role", Flags = [Email, Roles], Handler = DatabaseCommand.Handler(environment, GrantAsync) },
        ],
    };

    private static async Task<int> CreateAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(invocation.Flags.Get(Email), out var email, out var problem))
        {
            throw new UsageException($"--email: {problem}");
        }

        var name = invocation.Flags.Get(Name) is { Length: > 0 } given ? given : email.Value.Text;
        if (PersonRegistration.FindNameProblem(name) is { } badName)
        {
            throw new UsageException($"--name: {badName}");
        }

        var roles = Parse(invocation);
        var hash = Passwords.Hash(await PasswordAsync(invocation, name, email.Value.Text, cancellationToken));
        var clock = command.Get<TimeProvider>();
        var person = await command.Get<Database>().WriteAsync(
            async context =>
            {
                var made = await PersonRegistration.CreateAsync(context, name, email.Value, clock, Actor.Operator, cancellationToken);
                await Passwords.WriteAsync(context, made.Id, hash, clock.Now(), cancellationToken);
                foreach (var role in roles)
                {
                    await RoleChanges.GrantAsync(context, made.Id, role, Actor.Operator, clock.Now(), cancellationToken);
                }

                return made;
            },
            cancellationToken);
        await CommandAnswer.WriteAsync(
            invocation, $"{person.DisplayName} <{person.Email}> may sign in now.", new() { ["id"] = person.PublicId.ToString(), ["email"] = person.Email, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)RoleNames.SlugOf(role))]) });
        return 0;
    }

    private static async Task<int> ResetAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        var row = await command.PersonAsync(invocation.Flags.Get(Email), cancellationToken);
        var password = await PasswordAsync(invocation, row.Person.DisplayName, row.Person.Email, cancellationToken);
        await command.Get<Passwords>().SetAsync(row.Person.Id, password, Actor.Operator, cancellationToken);
        await CommandAnswer.WriteAsync(invocation, $"The password of {row.Person.Email} is set, and the sessions have ended.", new() { ["id"] = row.Person.PublicId.ToString(), ["email"] = row.Person.Email });
        return 0;
    }

    private static async Task<int> GrantAsync(Invocation invocation, DatabaseCommand command, CancellationToken cancellationToken)
    {
        var row = await command.PersonAsync(invocation.Flags.Get(Email), cancellationToken);
        var roles = Parse(invocation);
        if (roles.Count == 0)
        {
            throw new UsageException("--role is needed");
        }

        foreach (var role in roles)
        {
            await command.Get<RoleChanges>().GrantAsync(row.Person.Id, role, Actor.Operator, cancellationToken);
        }

        await CommandAnswer.WriteAsync(
            invocation,
            $"{row.Person.Email} is {string.Join(", ", roles.Select(RoleNames.Of))} now.",
            new() { ["id"] = row.Person.PublicId.ToString(), ["email"] = row.Person.Email, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)RoleNames.SlugOf(role))]) });
        return 0;
    }

    private static List<Role> Parse(Invocation invocation) => [.. invocation.Flags.Get(Roles).Select(text => RoleNames.TryParse(text, out var role)
        ? role
        : throw new UsageException($"--role: there is no role '{text}'; there are {string.Join(", ", RoleNames.Slugs)}"))];

    private static async Task<string> PasswordAsync(Invocation invocation, string name, string email, CancellationToken cancellationToken)
    {
        var path = invocation.Flags.Get(PasswordFile);
        if (path.Length == 0)
        {
            throw new UsageException("--password-file is needed: a password on the command line would be seen by every process");
        }

        try
        {
            using var reader = new StreamReader(path);
            var password = await reader.ReadLineAsync(cancellationToken) ?? "";
            return PasswordRules.FindProblem(password, name, email) is { } problem ? throw new UsageException($"{path}: {problem}") : password;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--password-file cannot be read: {failure.Message}");
        }
    }
}
