namespace Baton.Testing.Grafana.Api;

/// <summary>Turns the credential of a request into its caller, or refuses it.</summary>
internal static class Authentication
{
    // Grafana writes the last sign-in at most this often.
    private static readonly TimeSpan LastSeenInterval = TimeSpan.FromMinutes(5);

    /// <summary>False when the credential was refused, and the call answered. Without a credential the caller may be nobody.</summary>
    public static bool TrySignIn(ApiCall call)
    {
        var authorization = call.Http.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return TryToken(call, authorization["Bearer ".Length..]);
        }

        if (BasicCredential.IsBasic(authorization))
        {
            if (!BasicCredential.TryParse(authorization, out var basic))
            {
                return Refuse(call, "Invalid Basic Auth Header", "Invalid Basic Auth Header", "auth-basic.invalid-header");
            }

            if (basic.Login == "api_key")
            {
                return TryToken(call, basic.Password);
            }

            if (call.Options.BasicAuthEnabled)
            {
                return TryPassword(call, basic);
            }
        }

        call.Caller = call.Options.AnonymousEnabled ? Anonymous(call) : Caller.Nobody;
        return true;
    }

    private static bool TryPassword(ApiCall call, BasicCredential basic)
    {
        var attempts = call.State.LoginAttempts;
        var isBlocked = call.Options.BruteForceLoginProtection && attempts.IsBlocked(basic.Login, call.Now);
        var user = call.State.Users.FindByLoginOrEmail(basic.Login);
        if (isBlocked || user is null || user.IsDisabled || user.Password != basic.Password)
        {
            if (!isBlocked)
            {
                attempts.Fail(basic.Login, call.Now);
            }

            return Refuse(call, "Invalid username or password", "invalid username or password", "password-auth.failed");
        }

        if (call.Now - user.LastSeen > LastSeenInterval)
        {
            user.LastSeen = call.Now;
        }

        var orgId = AskedOrg(call) ?? user.OrgId;
        var membership = user.MembershipIn(orgId);
        call.Caller = new()
        {
            User = user,
            OrgId = membership is null ? 0 : orgId,
            Role = membership?.Role,
            Permissions = PermissionSet.Of(
                membership?.Role,
                user.IsServerAdmin,
                call.State.Teams.Values.Where(team => team.OrgId == orgId && team.Members.ContainsKey(user.Id))),
        };
        return true;
    }

    private static long? AskedOrg(ApiCall call)
        => long.TryParse(call.Http.Headers["X-Grafana-Org-Id"], out var byHeader) && byHeader > 0 ? byHeader
            : call.Version.IsModern && long.TryParse(call.Query("targetOrgId"), out var byQuery) && byQuery > 0 ? byQuery
            : null;

    private static bool TryToken(ApiCall call, string key)
    {
        var token = call.State.Credentials.Find(key);
        if (token is null)
        {
            return Refuse(call, "Invalid API key", "invalid API key", "api-key.invalid");
        }

        if (token.IsRevoked)
        {
            return Refuse(call, "Revoked token", "Revoked token", "api-key.revoked");
        }

        if (token.Expires <= call.Now)
        {
            return Refuse(call, "Expired API key", "Expired API key", "api-key.expired");
        }

        if (token.ServiceAccount is { IsDisabled: true })
        {
            return Refuse(call, "Service account is disabled", "Service account is disabled", "service-account.disabled");
        }

        token.LastUsed = call.Now;
        var role = token.ServiceAccount?.Role ?? token.Role;
        call.Caller = new()
        {
            Token = token,
            OrgId = token.OrgId,
            Role = role,
            Permissions = token.ServiceAccount?.Permissions is { } narrow ? new(narrow) : PermissionSet.Of(role, isServerAdmin: false, []),
        };
        return true;
    }

    private static Caller Anonymous(ApiCall call)
    {
        var org = call.State.Orgs.Find(1);
        return new()
        {
            OrgId = org?.Id ?? 0,
            Role = GrafanaRole.Viewer,
            IsAnonymous = true,
            Permissions = PermissionSet.Of(GrafanaRole.Viewer, isServerAdmin: false, []),
        };
    }

    private static bool Refuse(ApiCall call, string message, string inSeven, string messageId)
    {
        if (call.Version.IsAtLeast(10))
        {
            call.FailWithId(401, messageId, message);
        }
        else
        {
            call.Fail(401, message, inSeven, since: 7);
        }

        return false;
    }
}
