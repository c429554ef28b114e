using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;

namespace Podium.People;

/// <summary>Makes a person of this server's own, as opposed to one that a directory tells of.</summary>
internal static class PersonRegistration
{
    private const int LongestName = 200;

    /// <summary>Adds the person in the transaction of <paramref name="context"/>, with its id.</summary>
    /// <exception cref="PersonExistsException">Somebody has that address.</exception>
    public static async Task<Person> CreateAsync(
        PodiumContext context, string displayName, EmailAddress email, TimeProvider clock, Actor actor, CancellationToken cancellationToken)
    {
        if (await context.Set<Person>().AnyAsync(person => person.NormalizedEmail == email.Normalized, cancellationToken))
        {
            throw new PersonExistsException(email);
        }

        var now = clock.Now();
        var person = new Person
        {
            PublicId = Ksuid.New(clock),
            DisplayName = displayName.Trim(),
            Email = email.Text,
            NormalizedEmail = email.Normalized,
            CreatedAt = now,
        };
        context.Add(person);
        await context.SaveChangesAsync(cancellationToken);
        context.Audit(now, "person.created", actor, ("person", person.PublicId.ToString()));
        return person;
    }

    public static string? FindNameProblem(string name) => name.Trim() switch
    {
        "" => "A name is needed.",
        { Length: > LongestName } => $"A name has at most {LongestName} characters.",
        var text when text.Any(char.IsControl) => "A name has no control characters.",
        _ => null,
    };
}

/// <summary>Two people cannot have one address: it is what they sign in with.</summary>
internal sealed class PersonExistsException(EmailAddress email) : Exception($"There is a person with the address {email} already.");
