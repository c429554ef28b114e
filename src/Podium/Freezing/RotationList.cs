using Microsoft.EntityFrameworkCore;
using Podium.Connectors;
using Podium.Data;
using Podium.People;
using Podium.SignIn;
using Podium.Tokens;

namespace Podium.Freezing;

/// <summary>
/// What has to be made anew after a restore. What was made after the backup is unknown here and refused; what was revoked after it is good again.
/// </summary>
internal sealed class RotationList(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyList<RotationRow>> AllAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var now = clock.Now();
        var credentials = await (
            from credential in context.Set<ClientCredential>()
            join connector in context.Set<Connector>() on credential.ConnectorId equals connector.Id into connectors
            from connector in connectors.DefaultIfEmpty()
            join person in context.Set<Person>() on credential.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            where credential.RevokedAt == null && (credential.ExpiresAt == null || credential.ExpiresAt > now)
            orderby credential.Id
            select new { credential.ClientId, credential.LastUsedAt, Connector = connector, Person = person }).ToListAsync(cancellationToken);
        var settings = await context.Set<Connector>()
            .Where(connector => connector.ProtectedSettings != null && connector.DeletedAt == null).OrderBy(connector => connector.Id).ToListAsync(cancellationToken);
        var passwords = await (
            from password in context.Set<LocalPassword>()
            join person in context.Set<Person>() on password.PersonId equals person.Id
            where person.DeletedAt == null
            orderby person.Id
            select person).ToListAsync(cancellationToken);
        return
        [
            .. credentials.Where(row => row.Connector is { DeletedAt: null }).Select(row => new RotationRow(
                RotationKind.ConnectorCredential, row.Connector.DisplayName, row.ClientId, row.LastUsedAt, $"/connectors/{row.Connector.PublicId}/deploy")),
            .. settings.Select(connector => new RotationRow(RotationKind.ConnectorSecrets, connector.DisplayName, null, connector.SettingsSavedAt, $"/connectors/{connector.PublicId}/settings")),
            .. credentials.Where(row => row.Person is not null).Select(row => new RotationRow(RotationKind.ApiKey, row.Person.DisplayName, row.ClientId, row.LastUsedAt, null)),
            .. passwords.Select(person => new RotationRow(RotationKind.Password, person.DisplayName, null, null, null)),
        ];
    }
}

/// <param name="Whose">The connector or the person.</param>
/// <param name="ClientId">Null for what has none.</param>
/// <param name="LastUsedAt">Used, or for secrets saved, at the latest before the backup.</param>
/// <param name="Page">Where it is made anew; null where there is no page of its own.</param>
internal sealed record RotationRow(RotationKind Kind, string Whose, string? ClientId, Moment? LastUsedAt, string? Page);

internal enum RotationKind
{
    ConnectorCredential,
    ConnectorSecrets,
    ApiKey,
    Password,
}

internal static class RotationKinds
{
    public static string Text(this RotationKind kind) => kind switch
    {
        RotationKind.ConnectorCredential => "client secret of a connector",
        RotationKind.ConnectorSecrets => "secrets in a connector's settings",
        RotationKind.ApiKey => "API key of a person",
        _ => "password of a person",
    };
}
