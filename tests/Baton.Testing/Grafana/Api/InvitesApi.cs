using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Offers of membership in the caller's organization.</summary>
internal static class InvitesApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/org/invites", Access.OrgAdmin("org.users:add"), List),
        new("POST", "/api/org/invites", Access.OrgAdmin("org.users:add"), Invite),
        new("PATCH", "/api/org/invites/:code/revoke", Access.OrgAdmin("org.users:add"), Revoke),
    ];

    private static void List(ApiCall call) => call.Json(json =>
    {
        json.WriteStartArray();
        foreach (var invite in call.State.Invites
            .Where(invite => invite.OrgId == call.Caller.OrgId && invite.Status == InviteRow.Pending && !IsExpired(call, invite))
            .OrderByDescending(invite => invite.Created)
            .ThenBy(invite => invite.Id))
        {
            Write(call, json, invite);
        }

        json.WriteEndArray();
    });

    private static bool IsExpired(ApiCall call, InviteRow invite)
        => call.Version.IsAtLeast(7, 3) && call.Now - invite.Created > call.Options.InviteLifetime;

    private static void Write(ApiCall call, Utf8JsonWriter json, InviteRow invite)
    {
        json.WriteStartObject();
        json.WriteNumber("id", invite.Id);
        json.WriteNumber("orgId", invite.OrgId);
        json.WriteString("name", invite.Name);
        json.WriteString("email", invite.Email);
        json.WriteString("role", invite.Role.ToString());
        json.WriteString("invitedByLogin", invite.InvitedBy?.Login ?? "");
        json.WriteString("invitedByEmail", invite.InvitedBy?.Email ?? "");
        json.WriteString("invitedByName", invite.InvitedBy?.Name ?? "");
        json.WriteString("code", invite.Code);
        json.WriteString("status", invite.Status);
        json.WriteString("url", $"{call.RootUrl}/invite/{invite.Code}");
        json.WriteBoolean("emailSent", invite.EmailSent);
        json.WriteString("emailSentOn", Timestamps.Format(invite.Created));
        json.WriteString("createdOn", Timestamps.Format(invite.Created));
        json.WriteEndObject();
    }

    private static void Invite(ApiCall call)
    {
        if (!QuotaGuard.Admits(call, QuotaGuard.User) || !call.TryBind("LoginOrEmail"))
        {
            return;
        }

        if (!call.Body.Has("role"))
        {
            call.Fail(400, "Invalid role specified");
        }
        else if (Roles.TryAssign(call, out var role))
        {
            if (call.State.Users.FindByLoginOrEmail(call.Body.Text("loginOrEmail")) is { } user)
            {
                AddExisting(call, user, role);
            }
            else
            {
                AddInvite(call, role);
            }
        }
    }

    // Somebody with an account becomes a member there and then.
    private static void AddExisting(ApiCall call, UserRow user, GrafanaRole role)
    {
        if (call.State.Orgs.Find(call.Caller.OrgId) is not { } org)
        {
            call.Fail(500, "Error while trying to create org user");
            return;
        }

        if (user.MembershipIn(org.Id) is not null)
        {
            call.Fail(412, $"User {call.Body.Text("loginOrEmail")} is already added to organization");
            return;
        }

        call.State.AddMember(org, user, role);
        if (call.Body.Flag("sendEmail") && !call.Options.SmtpEnabled && user.Email.Contains('@', StringComparison.Ordinal))
        {
            call.Fail(500, "Failed to send email invited_to_org");
            return;
        }

        // A key of 6.5 does not know the name of its organization.
        var orgName = call.Version.IsModern || call.Caller.User is not null ? org.Name : "";
        var name = user.Name.Length > 0 ? user.Name : user.Login;
        call.Answer.WriteJson(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", $"Existing Grafana user {name} added to org {orgName}");
            if (call.Version.IsAtLeast(7))
            {
                json.WriteNumber("userId", user.Id);
            }

            json.WriteEndObject();
        });
    }

    // The invite is kept before the mail is tried, and stays when it fails. Nobody looks whether there is one already.
    private static void AddInvite(ApiCall call, GrafanaRole role)
    {
        if (call.Options.DisableLoginForm)
        {
            call.Fail(400, "Cannot invite when login is disabled.", "Cannot invite external user when login is disabled.", since: 9);
            return;
        }

        var person = call.Body.Text("loginOrEmail");
        var id = call.State.Invites.Count + 1;
        var wantsMail = call.Body.Flag("sendEmail") && person.Contains('@', StringComparison.Ordinal);
        call.State.Invites.Add(new()
        {
            Id = id,
            OrgId = call.Caller.OrgId,
            Email = person,
            Name = call.Body.Text("name"),
            Role = role,
            InvitedBy = call.Caller.User,
            Code = InviteRow.MakeCode(id),
            EmailSent = wantsMail && call.Options.SmtpEnabled,
            Created = call.Now,
        });

        if (wantsMail && !call.Options.SmtpEnabled)
        {
            call.Fail(412, "SMTP not configured, check your grafana.ini config file's [smtp] section");
        }
        else
        {
            call.Ok(wantsMail ? $"Sent invite to {person}" : $"Created invite for {person}");
        }
    }

    private static void Revoke(ApiCall call)
    {
        var invite = call.State.Invites.Find(invite => invite.Code == call.RouteValues[0] && invite.OrgId == call.Caller.OrgId);
        if (invite is null && call.Version.IsAtLeast(11))
        {
            call.Fail(404, "Invite not found");
            return;
        }

        invite?.Status = InviteRow.Revoked;
        call.Ok("Invite revoked");
    }
}
