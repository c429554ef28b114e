using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Makes the first Super Administrator, by a link that is printed where the server runs: whoever reads its log may have it.</summary>
internal sealed class SetUp(Database database, Sessions sessions, TimeProvider clock)
{
    private const int TokenBits = 128;
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);

    /// <summary>Whether there is no Super Administrator yet who could sign in.</summary>
    public Task<bool> IsOpenAsync(CancellationToken cancellationToken) => database.ReadAsync(context => IsOpenAsync(context, cancellationToken));

    /// <returns>The token of a new link; null when it is not needed any more.</returns>
    public Task<SecretToken?> NewLinkAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var now = clock.Now();
            await context.Set<SetUpLink>().Where(link => link.EndsAt <= now).ExecuteDeleteAsync(cancellationToken);
            if (!await IsOpenAsync(context, cancellationToken))
            {
                return (SecretToken?)null;
            }

            var token = SecretToken.New(TokenBits);
            context.Add(new SetUpLink { TokenHash = token.Hash, EndsAt = now + LinkLife });
            return token;
        },
        cancellationToken);

    /// <summary>Whether the link still leads somewhere. Looking uses nothing up.</summary>
    public Task<bool> IsGoodAsync(string token, CancellationToken cancellationToken) => database.ReadAsync(async context
        => await FindAsync(context, token, cancellationToken) is not null && await IsOpenAsync(context, cancellationToken));

    /// <summary>Uses the link up: makes the person, with a session, and ends all links.</summary>
    public async Task<SetUpOutcome> CompleteAsync(HttpContext http, string token, SetUpAnswers answers, CancellationToken cancellationToken)
    {
        var problems = answers.Problems();
        if (problems.Count > 0)
        {
            return new(Done: false, problems);
        }

        var hash = Passwords.Hash(answers.Password);
        var visitor = Visitor.Of(http);
        var session = await database.WriteAsync(
            async context =>
            {
                // Two posts at once make one Super Administrator.
                await context.LockAsync(TransactionLock.SuperAdministrators, cancellationToken);
                if (await FindAsync(context, token, cancellationToken) is null || !await IsOpenAsync(context, cancellationToken))
                {
                    return (SecretToken?)null;
                }

                await context.Set<SetUpLink>().ExecuteDeleteAsync(cancellationToken);
                var now = clock.Now();
                var person = await PersonRegistration.CreateAsync(context, answers.DisplayName, answers.Address, clock, Actor.System, cancellationToken);
                context.Add(new LocalPassword { PersonId = person.Id, Hash = hash, SetAt = now });
                context.Add(new RoleHolding { PersonId = person.Id, Role = Role.SuperAdministrator, Since = now });
                context.Audit(
                    now,
                    "role.granted",
                    new(ActorKind.Person, person.Id, Address: visitor.Address),
                    ("person", person.PublicId.ToString()),
                    new() { ["role"] = RoleNames.SlugOf(Role.SuperAdministrator), ["by"] = "set-up link" });
                return sessions.Begin(context, person.Id, visitor, "set-up link");
            },
            cancellationToken);
        if (session is not { } begun)
        {
            return new(Done: false, new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "This link has ended. Restart podium for a new one, or sign in." });
        }

        SessionCookie.Write(http, begun);
        return new(Done: true, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static async Task<bool> IsOpenAsync(PodiumContext context, CancellationToken cancellationToken) => !await (
        from holding in context.Set<RoleHolding>()
        join person in context.Set<Person>() on holding.PersonId equals person.Id
        where holding.Role == Role.SuperAdministrator && person.DeletedAt == null
        select holding).AnyAsync(cancellationToken);

    private async Task<SetUpLink?> FindAsync(PodiumContext context, string token, CancellationToken cancellationToken)
    {
        if (SecretToken.From(token) is not { } secret)
        {
            return null;
        }

        var (hash, now) = (secret.Hash, clock.Now());
        return await context.Set<SetUpLink>().SingleOrDefaultAsync(link => link.TokenHash == hash && link.EndsAt > now, cancellationToken);
    }
}

/// <summary>What the first person tells.</summary>
internal sealed record SetUpAnswers(string DisplayName, string Email, string Password)
{
    /// <summary>Only when there are no problems with it.</summary>
    public EmailAddress Address => EmailAddress.TryParse(Email, out var address, out var problem) ? address.Value : throw new FormatException(problem);

    /// <summary>By field; empty when all is good.</summary>
    public Dictionary<string, string> Problems()
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (PersonRegistration.FindNameProblem(DisplayName) is { } name)
        {
            problems[nameof(DisplayName)] = name;
        }

        if (!EmailAddress.TryParse(Email, out _, out var email))
        {
            problems[nameof(Email)] = email;
        }

        if (PasswordRules.FindProblem(Password, DisplayName, Email) is { } password)
        {
            problems[nameof(Password)] = password;
        }

        return problems;
    }

    // Somebody will print it.
    public override string ToString() => nameof(SetUpAnswers);
}

/// <param name="Done">The person is made and signed in.</param>
/// <param name="Problems">By field; the empty name is the link itself.</param>
internal sealed record SetUpOutcome(bool Done, IReadOnlyDictionary<string, string> Problems);
