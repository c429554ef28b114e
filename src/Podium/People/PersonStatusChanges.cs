using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.SignIn;

namespace Podium.People;

/// <summary>Shuts a person out, and lets the person in again.</summary>
internal sealed class PersonStatusChanges(Database database, TimeProvider clock)
{
    /// <returns>False when it was so already, or there is no such person.</returns>
    /// <exception cref="LastSuperAdministratorException">Nobody would be left who can let people in.</exception>
    public Task<bool> ChangeAsync(long personId, PersonStatus status, Actor actor, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            await context.LockAsync(TransactionLock.SuperAdministrators, cancellationToken);
            var person = await context.Set<Person>().SingleOrDefaultAsync(person => person.Id == personId && person.DeletedAt == null, cancellationToken);
            if (person is null || person.Status == status)
            {
                return false;
            }

            var now = clock.Now();
            if (status == PersonStatus.Disabled)
            {
                await RoleChanges.RefuseLastAsync(context, personId, cancellationToken);
                await Sessions.EndAllAsync(context, personId, now, actor, cancellationToken);
            }

            person.Status = status;
            context.Audit(now, status == PersonStatus.Disabled ? "person.disabled" : "person.enabled", actor, ("person", person.PublicId.ToString()));
            return true;
        },
        cancellationToken);
}
