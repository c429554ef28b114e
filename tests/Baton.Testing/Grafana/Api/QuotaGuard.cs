using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>Refuses what would exceed a quota. It stands before a handler, so that it answers before the body is even read.</summary>
internal static class QuotaGuard
{
    public const string User = "user";
    public const string ApiKey = "api_key";

    private const string OrgUser = "org_user";

    public static readonly string[] OrgTargets = [OrgUser, "dashboard", "data_source", ApiKey];

    public static bool Admits(ApiCall call, string target)
    {
        if (call.Options.Quotas is not { } quotas || call.State.Orgs.Find(call.Caller.OrgId) is not { } org)
        {
            return true;
        }

        var reached = target == User && IsReached(quotas.GlobalUser, call.State.Users.Count) ? User
            : target == User && IsReached(Limit(quotas, org, OrgUser), Used(call.State, org, OrgUser)) ? OrgUser
            : target == ApiKey && IsReached(Limit(quotas, org, ApiKey), Used(call.State, org, ApiKey)) ? ApiKey
            : null;
        if (reached is not null)
        {
            call.Fail(403, $"{reached} Quota reached");
        }

        return reached is null;
    }

    public static long Limit(GrafanaQuotas quotas, OrgRow org, string target)
        => org.Quotas.TryGetValue(target, out var own) ? own : target switch
        {
            OrgUser => quotas.OrgUser,
            "dashboard" => quotas.OrgDashboard,
            "data_source" => quotas.OrgDataSource,
            _ => quotas.OrgApiKey,
        };

    public static long Used(GrafanaState state, OrgRow org, string target) => target switch
    {
        OrgUser => org.MemberCount,
        ApiKey => state.Credentials.ApiKeys.Count(key => key.OrgId == org.Id),
        _ => 0,
    };

    private static bool IsReached(long limit, long used) => limit >= 0 && used >= limit;
}
