using System.Globalization;
using Baton.Grafana.Api;
using Baton.Grafana.Servers;

namespace Baton.Grafana.Accounts;

/// <summary>What the person who was invited has to do, and until when, as the platform shows it to whoever asked for the account.</summary>
internal sealed class InvitationNotice(Uri instance, ServerBuild server, TimeProvider time)
{
    // Grafana's default (user_invite_max_lifetime_duration).
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    /// <param name="invite">The pending invitation.</param>
    /// <param name="organization">Into which organization.</param>
    /// <param name="email">Of the person, as it was asked for.</param>
    /// <param name="what">What happened, such as <c>was invited</c>.</param>
    public string Of(GrafanaInvite invite, GrafanaOrganization organization, string email, string what)
    {
        var todo = invite.EmailSent == true
            ? "Follow the link in the mail to set a password"
            : "No mail was sent: a Grafana administrator must hand over the invitation link (Administration > Users > Organization users > Pending invites)";
        return $"{email} {what}, as {invite.Role} of {organization.Name} at {instance.Host}. {todo}{Deadline(invite)}.";
    }

    private string Deadline(GrafanaInvite invite)
    {
        var neverEnds = server.Version is { } version && version < GrafanaVersion.InvitesExpire;
        if (neverEnds || !DateTimeOffset.TryParse(invite.CreatedOn, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created))
        {
            return "";
        }

        var end = created + DefaultLifetime;
        return end > time.GetUtcNow()
            ? $" before {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, unless the server sets another limit"
            : ". It is older than 24 hours, Grafana's default limit: if the link does not work any more, withdraw the invitation in Grafana and ask for the account again";
    }
}
