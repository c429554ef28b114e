using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Podium.Audit;
using Podium.Data;
using Podium.People;

namespace Podium.Apps;

/// <summary>An app that nothing feeds yet.</summary>
internal sealed class AddApp(Database database, TimeProvider clock)
{
    private const int LongestName = 200;
    private const int LongestDescription = 4000;

    /// <exception cref="Refusal">The name or the description does not do, or one of the owners is not there.</exception>
    public Task<App> RunAsync(string name, string description, IReadOnlyCollection<long> ownerIds, Actor actor, CancellationToken cancellationToken)
    {
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > LongestName || trimmed.Any(char.IsControl))
        {
            throw new Refusal($"The name of an app has 1 to {LongestName} characters, on one line.", "displayName");
        }

        return description.Length > LongestDescription
            ? throw new Refusal($"A description has at most {LongestDescription:N0} characters.", "description")
            : database.WriteAsync(context => AddAsync(context, trimmed, description, ownerIds, actor, clock, cancellationToken), cancellationToken);
    }

    /// <summary>In the transaction of another use case, with a name that was checked.</summary>
    public static async Task<App> AddAsync(
        PodiumContext context, string name, string description, IReadOnlyCollection<long> ownerIds, Actor actor, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var app = new App { PublicId = Ksuid.New(clock), DisplayName = name, Description = description, CreatedAt = now };
        context.Add(app);
        await context.SaveChangesAsync(cancellationToken);
        foreach (var owner in await context.Set<Person>().Where(person => ownerIds.Contains(person.Id)).ToListAsync(cancellationToken))
        {
            context.Add(new AppOwner { AppId = app.Id, PersonId = owner.Id });
        }

        context.Audit(now, "app.added", actor, ("app", app.PublicId.ToString()), new JsonObject { ["name"] = name });
        return app;
    }
}
