using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Sdk.Connectors;
using Baton.Sdk.Http;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Baton.Grafana.Api;

/// <summary>
/// The part of Grafana's HTTP API that the connector needs, one method an endpoint. Nothing is cached, nothing is retried, redirects are
/// not followed, and every failure is a <see cref="ConnectorException"/>. With a credential that Grafana refused nothing is sent for a while.
/// </summary>
internal sealed partial class GrafanaClient(HttpClient http, Uri instance, SignIn signIn, TimeSpan timeout, TimeProvider time, ILogger logger)
    : IDisposable
{
    public const int LargestPage = 1000;

    private const string NullRow = "a row that is null";

    private long? _organization;

    public Uri Instance => instance;

    /// <summary>
    /// The same server, where "the current organization" is one that the credential's account belongs to. It is said with each request and
    /// changes nothing on the server. Lives and ends with this client.
    /// </summary>
    public GrafanaClient In(long organizationId) => new(http, instance, signIn, timeout, time, logger) { _organization = organizationId };

    public Task<GrafanaProfile> GetSignedInUserAsync(CancellationToken cancellationToken)
        => GetAsync("api/user", GrafanaJson.Default.GrafanaProfile, cancellationToken);

    public Task<GrafanaHealth> GetHealthAsync(CancellationToken cancellationToken)
        => GetAsync("api/health", GrafanaJson.Default.GrafanaHealth, cancellationToken);

    /// <summary>The organizations that the credential's own account belongs to.</summary>
    public Task<IReadOnlyList<GrafanaUserOrganization>> ListOwnOrganizationsAsync(CancellationToken cancellationToken)
        => MembershipsAsync("api/user/orgs", cancellationToken);

    public Task<GrafanaSettings> GetFrontendSettingsAsync(CancellationToken cancellationToken)
        => GetAsync("api/frontend/settings", GrafanaJson.Default.GrafanaSettings, cancellationToken);

    /// <summary>Grafana's configuration by section, secrets left out; for a server administrator.</summary>
    public Task<Dictionary<string, Dictionary<string, string>>> GetServerSettingsAsync(CancellationToken cancellationToken)
        => GetAsync("api/admin/settings", GrafanaJson.Default.DictionaryStringDictionaryStringString, cancellationToken);

    /// <summary>Answers where there is an API of roles (Enterprise and Cloud); <c>NotFound</c> elsewhere.</summary>
    public Task GetAccessControlStatusAsync(CancellationToken cancellationToken)
        => GetAsync("api/access-control/status", GrafanaJson.Default.GrafanaMessage, cancellationToken);

    /// <summary>What the credential may do in the current organization: scopes by action (Grafana 9 and later).</summary>
    public async Task<Dictionary<string, IReadOnlyList<string>>> GetOwnPermissionsAsync(CancellationToken cancellationToken)
    {
        const string path = "api/access-control/user/permissions";
        var scopes = await GetAsync(path, GrafanaJson.Default.DictionaryStringIReadOnlyListString, cancellationToken);
        return scopes.Values.Any(held => held is null || held.Any(scope => scope is null)) ? throw NotTheAnswer(path, "a permission that is null") : scopes;
    }

    /// <param name="page">From 1.</param>
    public Task<GrafanaUserPage> SearchUsersAsync(int page, CancellationToken cancellationToken)
        => ListAsync($"api/users/search?perpage={LargestPage}&page={page}", GrafanaJson.Default.GrafanaUserPage, page => page.Users, cancellationToken);

    /// <summary>Accounts whose login, address or name contains a text.</summary>
    /// <param name="query">The text.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<GrafanaUserPage> SearchUsersAsync(string query, int page, CancellationToken cancellationToken)
        => ListAsync(
            $"api/users/search?query={Uri.EscapeDataString(query)}&perpage={LargestPage}&page={page}",
            GrafanaJson.Default.GrafanaUserPage,
            page => page.Users,
            cancellationToken);

    /// <summary>The pending invitations of the current organization.</summary>
    public Task<IReadOnlyList<GrafanaInvite>> ListInvitesAsync(CancellationToken cancellationToken)
        => ListAsync("api/org/invites", GrafanaJson.Default.IReadOnlyListGrafanaInvite, rows => rows, cancellationToken);

    public Task<GrafanaProfile> GetUserAsync(long id, CancellationToken cancellationToken)
        => GetAsync($"api/users/{id}", id, GrafanaJson.Default.GrafanaProfile, cancellationToken);

    /// <param name="page">From 0. Before Grafana 7.2 it and the size are ignored.</param>
    public Task<IReadOnlyList<GrafanaOrganization>> ListOrganizationsAsync(int page, int pageSize, CancellationToken cancellationToken)
        => ListAsync(
            page == 0 ? $"api/orgs?perpage={pageSize}" : $"api/orgs?perpage={pageSize}&page={page}",
            GrafanaJson.Default.IReadOnlyListGrafanaOrganization,
            rows => rows,
            cancellationToken);

    /// <summary>The organizations an account belongs to; none also for an unknown account.</summary>
    public Task<IReadOnlyList<GrafanaUserOrganization>> GetUserOrganizationsAsync(long id, CancellationToken cancellationToken)
        => MembershipsAsync($"api/users/{id}/orgs", cancellationToken);

    /// <summary>The account that Grafana takes a text for: what holds an <c>@</c> is compared with addresses first, then with logins.</summary>
    public Task<GrafanaProfile> LookUpUserAsync(string loginOrEmail, CancellationToken cancellationToken)
        => GetAsync($"api/users/lookup?loginOrEmail={Uri.EscapeDataString(loginOrEmail)}", GrafanaJson.Default.GrafanaProfile, cancellationToken);

    public Task<GrafanaOrganization> GetOrganizationAsync(long id, CancellationToken cancellationToken)
        => GetAsync($"api/orgs/{id}", id, GrafanaJson.Default.GrafanaOrganization, cancellationToken);

    /// <summary>The organization of the token, or the account's active one.</summary>
    public Task<GrafanaOrganization> GetCurrentOrganizationAsync(CancellationToken cancellationToken)
        => ListAsync("api/org", GrafanaJson.Default.GrafanaOrganization, row => [row], cancellationToken);

    /// <summary>Every member of an organization, as the rows arrive. An unknown organization has none.</summary>
    public IAsyncEnumerable<GrafanaMember> StreamMembersAsync(long organizationId, CancellationToken cancellationToken)
        => StreamRowsAsync($"api/orgs/{organizationId}/users", GrafanaJson.Default.GrafanaMember, cancellationToken);

    /// <summary>Every member of the current organization, as the rows arrive.</summary>
    public IAsyncEnumerable<GrafanaMember> StreamCurrentMembersAsync(CancellationToken cancellationToken)
        => StreamRowsAsync("api/org/users", GrafanaJson.Default.GrafanaMember, cancellationToken);

    /// <summary>Members of the current organization by page (Grafana 8.0 and later).</summary>
    /// <param name="page">From 1.</param>
    public Task<GrafanaMemberPage> SearchCurrentMembersAsync(int page, CancellationToken cancellationToken)
        => ListAsync($"api/org/users/search?perpage={LargestPage}&page={page}", GrafanaJson.Default.GrafanaMemberPage, page => page.OrgUsers, cancellationToken);

    /// <summary>The first members of the current organization whose login, address or name contains a text (Grafana 8.0 and later).</summary>
    public Task<GrafanaMemberPage> SearchCurrentMembersAsync(string query, CancellationToken cancellationToken)
        => ListAsync(
            $"api/org/users/search?query={Uri.EscapeDataString(query)}&perpage={LargestPage}&page=1",
            GrafanaJson.Default.GrafanaMemberPage,
            page => page.OrgUsers,
            cancellationToken);

    /// <summary>The members of the current organization whose login, address or name contains a text.</summary>
    public IAsyncEnumerable<GrafanaMember> StreamCurrentMembersAsync(string query, CancellationToken cancellationToken)
        => StreamRowsAsync($"api/org/users?query={Uri.EscapeDataString(query)}", GrafanaJson.Default.GrafanaMember, cancellationToken);

    /// <summary>How many members the current organization has, those included that are hidden from the caller (Grafana 8.0 and later).</summary>
    public async Task<long> CountCurrentMembersAsync(CancellationToken cancellationToken)
        => (await GetAsync("api/org/users/search?perpage=1&page=1", GrafanaJson.Default.GrafanaMemberPage, cancellationToken)).TotalCount;

    public void Dispose() => http.Dispose();

    /// <summary>An account has one role in an organization: what is said twice alike is said once.</summary>
    private async Task<IReadOnlyList<GrafanaUserOrganization>> MembershipsAsync(string path, CancellationToken cancellationToken)
    {
        var rows = await ListAsync(path, GrafanaJson.Default.IReadOnlyListGrafanaUserOrganization, rows => rows, cancellationToken);
        if (rows.Any(row => string.IsNullOrEmpty(row.Role)))
        {
            throw NotTheAnswer(path, "a membership without a role");
        }

        var once = rows.DistinctBy(row => (row.OrgId, row.Role)).ToList();
        return once.DistinctBy(row => row.OrgId).Count() == once.Count ? once : throw NotTheAnswer(path, "one organization twice, with different roles");
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = Deadline(cancellationToken);
        try
        {
            using var response = await SendAsync(path, deadline.Token);
            var answer = await ReadAsync(response, type, deadline.Token) ?? throw NotTheAnswer(path, "null");
            return answer is IGrafanaRow { RowId: <= 0 } row ? throw NotTheAnswer(path, $"the id {row.RowId}") : answer;
        }
        catch (Exception failure) when (Explain(failure, path, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        await using var body = new BoundedBody(await response.Content.ReadAsStreamAsync(cancellationToken), BodyLimits.Page);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken);
    }

    /// <summary>One thing by its number, and no other.</summary>
    private async Task<T> GetAsync<T>(string path, long id, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class, IGrafanaRow
    {
        var answer = await GetAsync(path, type, cancellationToken);
        return answer.RowId == id ? answer : throw NotTheAnswer(path, $"the id {answer.RowId}");
    }

    // Whoever asks for one thing may be told that it is not there. A listing is always there: when it is not, what it would have listed
    // must not be taken for deleted.
    private async Task<T> ListAsync<T>(string path, JsonTypeInfo<T> type, Func<T, IEnumerable<IGrafanaRow?>?> rows, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var answer = await GetAsync(path, type, cancellationToken);
            foreach (var row in rows(answer) ?? [])
            {
                Require(path, row);
            }

            return answer;
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            throw NoListing(absent);
        }
    }

    private async IAsyncEnumerable<T> StreamRowsAsync<T>(string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IGrafanaRow
    {
        await foreach (var row in StreamAsync(path, type, cancellationToken))
        {
            Require(path, row);
            yield return row;
        }
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(string path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = Deadline(cancellationToken);
        using var response = await AttemptAsync(() => SendAsync(path, deadline.Token), path, cancellationToken);
        await using var body = new BoundedBody(await response.Content.ReadAsStreamAsync(deadline.Token), BodyLimits.Stream);
        await using var rows = JsonSerializer.DeserializeAsyncEnumerable(body, type, deadline.Token).GetAsyncEnumerator(deadline.Token);
        while (await AttemptAsync(async () => await rows.MoveNextAsync(), path, cancellationToken))
        {
            yield return rows.Current ?? throw NotTheAnswer(path, NullRow);
        }

        // A parser takes null for a list of nothing.
        if (body.First != (byte)'[')
        {
            throw NotTheAnswer(path, "no list");
        }
    }

    private async Task<T> AttemptAsync<T>(Func<Task<T>> attempt, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt();
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            throw NoListing(absent);
        }
        catch (Exception failure) when (Explain(failure, path, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && signIn.IsReplaced(request.Headers.Authorization))
        {
            // The secret was replaced while we asked with the one before. Only then: the same one again would be a second failure of those
            // that Grafana counts before it locks the account.
            response.Dispose();
            using var again = Request(HttpMethod.Get, path);
            response = await SendAsync(again, cancellationToken);
        }

        if (response.IsSuccessStatusCode && GrafanaResponse.IsJson(response))
        {
            return response;
        }

        using (response)
        {
            throw await GrafanaResponse.ExplainAsync(response, instance, $"/{path}", time.GetUtcNow(), cancellationToken);
        }
    }

    // Appended to the instance's path, which may be a sub-path, and never with an orgId parameter: that would switch the account's active
    // organization for good.
    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(instance, path));
        request.Headers.Accept.ParseAdd("application/json");

        // What a cache in between kept would be read back as the state of now.
        request.Headers.CacheControl = new() { NoCache = true };
        if (_organization is { } organization)
        {
            request.Headers.Add("X-Grafana-Org-Id", organization.ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken, string? shownPath = null)
    {
        using var turn = await signIn.EnterAsync(cancellationToken);
        request.Headers.Authorization = turn.Header;
        var started = time.GetTimestamp();
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        turn.Answered(response, isOfOrganization: _organization is not null);
        LogAnswered(request.Method.Method, instance.Host, shownPath ?? request.RequestUri!.AbsolutePath, (int)response.StatusCode, time.GetElapsedTime(started).TotalSeconds);
        return response;
    }

    private RequestDeadline Deadline(CancellationToken cancellationToken) => new(timeout, time, cancellationToken);

    // Null leaves the failure as it is: explained already, or the caller's own cancellation.
    private ConnectorException? Explain(Exception failure, string path, CancellationToken cancellationToken) => failure switch
    {
        HttpRequestException broken => HttpFailure.Explain(broken, instance),
        OversizedAnswerException large => NotTheAnswer(path, large.Message, large),
        HttpIOException cut => new ConnectorException(StatusCode.Unavailable, $"Grafana's answer to /{path} ended too early", cut),
        IOException cut => new ConnectorException(StatusCode.Unavailable, $"Grafana's answer to /{path} broke off: {cut.Message}", cut),
        JsonException garbled => NotTheAnswer(path, $"JSON that cannot be read: {Where(garbled)}", garbled),
        OperationCanceledException late when !cancellationToken.IsCancellationRequested => new ConnectorException(
            StatusCode.DeadlineExceeded, $"Grafana did not answer /{path} within {timeout.TotalSeconds:0} seconds (--http-timeout-seconds)", late),
        _ => null,
    };

    /// <summary>What is always there, by the version at the latest, and is said not to be: its absence tells nothing.</summary>
    public static ConnectorException NoListing(ConnectorException absent)
        => new(StatusCode.FailedPrecondition, $"{absent.Message}; every Grafana has that: check the instance URL, and whether a gateway blocks the path", absent);

    private void Require(string path, IGrafanaRow? row)
    {
        if (row is null or { RowId: <= 0 })
        {
            throw NotTheAnswer(path, row is null ? NullRow : $"a row with the id {row.RowId}");
        }
    }

    private ConnectorException NotTheAnswer(string path, string what, Exception? inner = null)
        => new(StatusCode.Internal, $"{instance} answered /{path} with {what}; is it Grafana, and is nothing in between changing its answers?", inner);

    // A parser's message can quote the text that it stumbled over.
    private static string Where(JsonException garbled) => $"line {garbled.LineNumber + 1}, byte {garbled.BytePositionInLine + 1}";

    [LoggerMessage(EventId = 2001, Level = LogLevel.Debug, Message = "HTTP request complete")]
    private partial void LogAnswered(string http__method, string http__urlDetails__host, string http__urlDetails__path, int http__statusCode, double duration);
}
