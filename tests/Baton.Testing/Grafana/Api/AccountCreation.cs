using System.Diagnostics.CodeAnalysis;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Makes accounts, and decides which organization a new one belongs to.</summary>
internal static class AccountCreation
{
    public static void Create(ApiCall call)
    {
        if (!call.TryBind(call.Version.IsModern ? null : "Password"))
        {
            return;
        }

        var (login, email) = (call.Body.Text("login"), call.Body.Text("email"));
        if (login.Length == 0 && email.Length == 0)
        {
            call.Fail(400, "Validation error, need specify either username or email");
            return;
        }

        login = login.Length == 0 ? email : login;
        if (!Passwords.TryAccept(call, call.Body.Text("password"), "Password is missing or too short")
            || !TryChooseOrg(call, out var asked)
            || !TryAdd(call, login, email, call.Body.Text("name"), call.Body.Text("password"), out var user))
        {
            return;
        }

        Join(call, user, asked);
        call.Answer.WriteJson(200, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", user.Id);
            json.WriteString("message", "User created");
            if (call.Version.IsAtLeast(11))
            {
                json.WriteString("uid", user.Uid);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Adds an account that belongs nowhere yet; false when login or address are taken, and the call answered.</summary>
    public static bool TryAdd(
        ApiCall call, string login, string email, string name, string password, [NotNullWhen(true)] out UserRow? user)
    {
        // Without an address the login stands for it.
        email = email.Length == 0 ? login : email;
        var users = call.State.Users;
        if (users.FindByLogin(login) is not null || users.FindByEmail(email) is not null)
        {
            user = null;
            if (call.Version.IsAtLeast(7))
            {
                call.Fail(412, $"User with email '{email}' or username '{login}' already exists");
            }
            else
            {
                call.Fail(500, "failed to create user");
            }

            return false;
        }

        user = call.State.AddUser(new(login) { Email = email, Name = name, Password = password });
        return true;
    }

    // 6.5 knows no such member, and without automatic assignment nobody asks for it.
    private static bool TryChooseOrg(ApiCall call, out OrgRow? asked)
    {
        asked = null;
        if (!call.Version.IsAtLeast(7) || !call.Options.AutoAssignOrg || call.Body.Number("OrgId") is 0)
        {
            return true;
        }

        asked = call.State.Orgs.Find(call.Body.Number("OrgId"));
        if (asked is null)
        {
            call.Fail(400, "organization not found");
        }

        return asked is not null;
    }

    private static void Join(ApiCall call, UserRow user, OrgRow? asked)
    {
        if (!call.Options.AutoAssignOrg)
        {
            call.State.AddMember(call.State.AddOrg(user.Email), user, GrafanaRole.Admin);
        }
        else if ((asked ?? call.State.Orgs.Find(call.Options.AutoAssignOrgId)) is { } org)
        {
            call.State.AddMember(org, user, call.Options.AutoAssignOrgRole);
        }
    }
}
