using System.Globalization;

namespace Baton.Testing.Grafana.Api;

/// <summary>
/// What an <c>orgId</c> in the query does on any route: it moves the caller's active organization for good and redirects
/// to the instance's own address, without the request itself being carried out.
/// </summary>
internal static class OrgRedirect
{
    public static bool Applies(ApiCall call)
    {
        if (!call.Caller.IsKnown
            || !long.TryParse(call.Query("orgId"), NumberStyles.None, CultureInfo.InvariantCulture, out var orgId)
            || orgId == 0
            || orgId == call.Caller.OrgId)
        {
            return false;
        }

        if (call.Caller.User?.MembershipIn(orgId) is null)
        {
            call.Fail(404, "Not found");
            return true;
        }

        call.Caller.User.OrgId = orgId;
        var location = call.RootUrl + call.Http.Path + call.Http.QueryString;
        call.Answer.Headers.Add(("Location", location));
        call.Answer.WriteText(302, ApiAnswer.Html, $"<a href=\"{location}\">Found</a>.\n\n");
        return true;
    }
}
