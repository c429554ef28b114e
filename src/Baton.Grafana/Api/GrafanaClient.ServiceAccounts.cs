using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Api;

/// <content>The service accounts of the current organization, and their tokens (Grafana 8.5 and later).</content>
internal sealed partial class GrafanaClient
{
    private const int LongestTokenAnswer = 16 * 1024;

    /// <param name="page">From 1.</param>
    public Task<GrafanaServiceAccountPage> SearchServiceAccountsAsync(int page, CancellationToken cancellationToken)
        => ListAsync(
            $"api/serviceaccounts/search?perpage={LargestPage}&page={page}",
            GrafanaJson.Default.GrafanaServiceAccountPage,
            page => page.ServiceAccounts,
            cancellationToken);

    public Task<GrafanaServiceAccount> GetServiceAccountAsync(long id, CancellationToken cancellationToken)
        => GetAsync($"api/serviceaccounts/{id}", id, GrafanaJson.Default.GrafanaServiceAccount, cancellationToken);

    /// <summary>The first tokens of a service account by name: 300 at most in Grafana 9, 1,000 later, and no word about the rest.</summary>
    /// <exception cref="ConnectorException"><c>NotFound</c>: the account is gone.</exception>
    public async Task<IReadOnlyList<GrafanaToken>> ListTokensAsync(long serviceAccountId, CancellationToken cancellationToken)
    {
        var path = Tokens(serviceAccountId);
        var rows = await GetAsync(path, GrafanaJson.Default.IReadOnlyListGrafanaToken, cancellationToken);
        foreach (var row in rows)
        {
            Require(path, row);
        }

        return rows;
    }

    /// <summary>Makes a token.</summary>
    /// <param name="change">The change that it is part of.</param>
    /// <param name="serviceAccountId">Whose.</param>
    /// <param name="name">Unique in the organization.</param>
    /// <param name="secondsToLive">Never 0, which is for ever.</param>
    /// <param name="cancellationToken">Ends it; the answer is then unknown.</param>
    public async Task<NewToken> AddTokenAsync(Change change, long serviceAccountId, string name, long secondsToLive, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secondsToLive, 1);
        var (path, body) = (Tokens(serviceAccountId), Body(name, secondsToLive));
        change.Send(new ChangeRequest("POST", $"/{path}", Encoding.UTF8.GetString(body)));
        using var deadline = Deadline(cancellationToken);
        try
        {
            using var request = Request(HttpMethod.Post, path);
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await SendAsync(request, deadline.Token);
            return response.IsSuccessStatusCode && GrafanaResponse.IsJson(response)
                ? await ReadTokenAsync(response, deadline.Token)
                : NewToken.None(await GrafanaResponse.ReadWriteAsync(response, instance, $"/{path}", time.GetUtcNow(), deadline.Token));
        }
        catch (Exception failure) when (Explain(failure, path, cancellationToken) is { } explained)
        {
            return NewToken.None(new() { Status = 0, Message = explained.Message, Failure = explained });
        }
    }

    public Task<WriteAnswer> DeleteTokenAsync(Change change, long serviceAccountId, long tokenId, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Delete, $"{Tokens(serviceAccountId)}/{tokenId}", null, cancellationToken);

    private static string Tokens(long serviceAccountId) => $"api/serviceaccounts/{serviceAccountId}/tokens";

    private static byte[] Body(string name, long secondsToLive)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("secondsToLive", secondsToLive);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // The body holds the key: it is read into memory that is wiped, and shown to nobody.
    private static async Task<NewToken> ReadTokenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = GC.AllocateArray<byte>(LongestTokenAnswer, pinned: true);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return NewToken.Read((int)response.StatusCode, bytes.AsSpan(0, length));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
