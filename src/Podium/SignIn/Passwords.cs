using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>Sets and checks passwords, with the hashing of ASP.NET Core Identity.</summary>
internal sealed class Passwords(Database database, TimeProvider clock)
{
    // PBKDF2 with SHA-512: what OWASP asks for in 2023.
    private const int Iterations = 210_000;

    private static readonly PasswordHasher<LocalPassword> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    /// <summary>What is compared with when there is nobody of that name, so that both take the same time.</summary>
    private static readonly Lazy<string> NobodysHash = new(() => Hash("nobody has this password"));

    public static string Hash(string password) => Hasher.HashPassword(user: null!, password);

    /// <param name="hash">Null for a person who has none, or who is none.</param>
    /// <param name="password">What was typed.</param>
    public static bool IsRight(string? hash, string password)
    {
        var verdict = password.Length > PasswordRules.Longest
            ? PasswordVerificationResult.Failed
            : Hasher.VerifyHashedPassword(user: null!, hash ?? NobodysHash.Value, password);
        return hash is not null && verdict != PasswordVerificationResult.Failed;
    }

    /// <summary>Sets a password and ends the sessions of who has it: somebody else may sit in one of them.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="password">Checked by <see cref="PasswordRules"/> before.</param>
    /// <param name="actor">Who sets it.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public Task SetAsync(long personId, string password, Actor actor, CancellationToken cancellationToken)
    {
        // Outside of the transaction: it takes a tenth of a second, and there is one writer.
        var hash = Hash(password);
        return database.WriteAsync(
            async context =>
            {
                var now = clock.Now();
                await WriteAsync(context, personId, hash, now, cancellationToken);
                context.Audit(now, "password.set", actor, details: new() { ["person"] = personId });
                await Sessions.EndAllAsync(context, personId, now, actor, cancellationToken);
                var email = await context.Set<Person>().Where(person => person.Id == personId).Select(person => person.NormalizedEmail).SingleAsync(cancellationToken);
                await SignInTries.ForgetAsync(context, email, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>In the transaction of <paramref name="context"/>.</summary>
    public static async Task WriteAsync(PodiumContext context, long personId, string hash, Moment now, CancellationToken cancellationToken)
    {
        if (await context.Set<LocalPassword>().SingleOrDefaultAsync(password => password.PersonId == personId, cancellationToken) is { } known)
        {
            (known.Hash, known.SetAt) = (hash, now);
        }
        else
        {
            context.Add(new LocalPassword { PersonId = personId, Hash = hash, SetAt = now });
        }
    }
}
