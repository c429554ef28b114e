using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>What somebody with the link of an invite does, who needs no other credential.</summary>
internal static class InviteCompletionApi
{
    public static IEnumerable<Route> Routes() =>
    [
        new("GET", "/api/user/invite/:code", Access.Public, Show),
        new("POST", "/api/user/invite/complete", Access.Public, Complete),
    ];

    private static void Show(ApiCall call)
    {
        if (Find(call, call.RouteValues[0]) is not { } invite)
        {
            call.Fail(404, "Invite not found");
            return;
        }

        call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("email", invite.Email);
            json.WriteString("name", invite.Name);
            json.WriteString("username", invite.Email);
            json.WriteString("invitedBy", invite.InvitedBy is not { } by ? "" : by.Name.Length > 0 ? by.Name : by.Login);
            if (call.Version.IsModern)
            {
                json.WriteString("orgName", call.State.Orgs.Find(invite.OrgId)?.Name);
            }

            json.WriteEndObject();
        });
    }

    private static void Complete(ApiCall call)
    {
        if (!call.TryBind())
        {
            return;
        }

        if (Find(call, call.Body.Text("inviteCode")) is not { } invite)
        {
            call.Fail(404, "Invite not found");
            return;
        }

        if (invite.Status != InviteRow.Pending)
        {
            call.Fail(412, $"Invite cannot be used in status {invite.Status}");
            return;
        }

        var body = call.Body;
        var (login, email) = (body.Text("username"), body.Text("email"));
        if (!AccountCreation.TryAdd(call, login, email, body.Text("name"), body.Text("password"), out var user))
        {
            return;
        }

        invite.Status = InviteRow.Completed;
        if (call.State.Orgs.Find(invite.OrgId) is { } org)
        {
            call.State.AddMember(org, user, invite.Role);
        }

        call.Answer.Headers.Add(("Set-Cookie", $"grafana_session={invite.Code}; Path=/; Max-Age=2595600; HttpOnly; SameSite=Lax"));
        call.Answer.WriteJson(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", "User created and logged in");
            if (call.Version.IsAtLeast(7, 2))
            {
                json.WriteNumber("id", user.Id);
            }

            json.WriteEndObject();
        });
    }

    private static InviteRow? Find(ApiCall call, string code) => call.State.Invites.Find(invite => invite.Code == code);
}
