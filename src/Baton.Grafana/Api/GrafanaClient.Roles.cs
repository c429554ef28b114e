using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Sdk.Connectors;
using Grpc.Core;

namespace Baton.Grafana.Api;

/// <content>Access control: its roles and who holds them in the current organization (Enterprise and Cloud).</content>
internal sealed partial class GrafanaClient
{
    /// <summary>Whether the server has roles of access control. Open source has none of their paths.</summary>
    public async Task<bool> HasAccessControlAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync("api/access-control/status", GrafanaJson.Default.GrafanaAccessControlStatus, cancellationToken)).Enabled != false;
        }
        catch (ConnectorException absent) when (absent.Code == StatusCode.NotFound)
        {
            return false;
        }
        catch (ConnectorException forbidden) when (forbidden.Code == StatusCode.PermissionDenied)
        {
            // What may not be asked is there.
            return true;
        }
    }

    /// <summary>Every role that is not hidden.</summary>
    /// <exception cref="ConnectorException"><c>NotFound</c>: the server has no roles.</exception>
    public async Task<IReadOnlyList<GrafanaRbacRole>> ListRolesAsync(CancellationToken cancellationToken)
        => Whole("api/access-control/roles", await GetAsync("api/access-control/roles", GrafanaJson.Default.IReadOnlyListGrafanaRbacRole, cancellationToken));

    /// <summary>The roles of one. Nobody of that id holds none.</summary>
    public async Task<IReadOnlyList<GrafanaRbacRole>> GetRolesAsync(RoleHolderKind kind, long id, CancellationToken cancellationToken)
    {
        var path = $"{Holders(kind)}/{id}/roles";
        return Whole(path, await GetAsync(path, GrafanaJson.Default.IReadOnlyListGrafanaRbacRole, cancellationToken));
    }

    /// <summary>The roles of many at once; who holds none is left out.</summary>
    /// <exception cref="ConnectorException"><c>NotFound</c>: the server can only be asked about one at a time.</exception>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<GrafanaRbacRole>?>> SearchRolesAsync(
        RoleHolderKind kind, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var path = $"{Holders(kind)}/roles/search";
        var found = await QueryAsync(
            path, Ids(kind == RoleHolderKind.Team ? "teamIds" : "userIds", ids), GrafanaJson.Default.DictionaryInt64IReadOnlyListGrafanaRbacRole, cancellationToken);
        foreach (var roles in found.Values)
        {
            Whole(path, roles ?? []);
        }

        return found;
    }

    /// <summary>The ids of the teams that the credential sees.</summary>
    /// <param name="page">From 1.</param>
    public Task<GrafanaIdPage> ListTeamIdsAsync(int page, CancellationToken cancellationToken)
        => ListAsync($"api/teams/search?perpage={LargestPage}&page={page}", GrafanaJson.Default.GrafanaIdPage, ids => ids.Rows, cancellationToken);

    /// <summary>The ids of the service accounts that the credential sees.</summary>
    /// <param name="page">From 1.</param>
    public Task<GrafanaIdPage> ListServiceAccountIdsAsync(int page, CancellationToken cancellationToken)
        => ListAsync($"api/serviceaccounts/search?perpage={LargestPage}&page={page}", GrafanaJson.Default.GrafanaIdPage, ids => ids.Rows, cancellationToken);

    private static string Holders(RoleHolderKind kind) => kind == RoleHolderKind.Team ? "api/access-control/teams" : "api/access-control/users";

    private static byte[] Ids(string name, IReadOnlyCollection<long> ids)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var id in ids)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private IReadOnlyList<GrafanaRbacRole> Whole(string path, IReadOnlyList<GrafanaRbacRole> roles) => roles.Contains(null!) ? throw NotTheAnswer(path, NullRow) : roles;

    // A POST that changes nothing: the question is too long for an address. So it takes no Change, and is asked in a dry run as well.
    private async Task<T> QueryAsync<T>(string path, byte[] question, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = Deadline(cancellationToken);
        try
        {
            using var request = Request(HttpMethod.Post, path);
            request.Content = new ByteArrayContent(question) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await SendAsync(request, deadline.Token);
            if (!response.IsSuccessStatusCode || !GrafanaResponse.IsJson(response))
            {
                throw await GrafanaResponse.ExplainAsync(response, instance, $"/{path}", time.GetUtcNow(), deadline.Token);
            }

            return await ReadAsync(response, type, deadline.Token) ?? throw NotTheAnswer(path, "null");
        }
        catch (Exception failure) when (Explain(failure, path, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }
}
