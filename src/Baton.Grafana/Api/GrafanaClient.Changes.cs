using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Sdk.Connectors;

namespace Baton.Grafana.Api;

/// <content>
/// Requests that change something. Each takes the <see cref="Change"/> that it is part of and announces itself there, so that a dry run
/// cannot send it. What is thrown (401, 429, a redirect) had no effect; whether anything else had is in the answer.
/// </content>
internal sealed partial class GrafanaClient
{
    /// <param name="change">The change that it is part of.</param>
    /// <param name="organizationId">Null for the current organization.</param>
    /// <param name="loginOrEmail">Whom: what holds an <c>@</c> is compared with addresses first.</param>
    /// <param name="role">Exactly as Grafana writes it.</param>
    /// <param name="cancellationToken">Ends it; the answer is then unknown.</param>
    public Task<WriteAnswer> AddMemberAsync(Change change, long? organizationId, string loginOrEmail, string role, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Post, Members(organizationId), Body(("loginOrEmail", loginOrEmail), ("role", role)), cancellationToken);

    /// <inheritdoc cref="AddMemberAsync"/>
    public Task<WriteAnswer> ChangeRoleAsync(Change change, long? organizationId, long userId, string role, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Patch, $"{Members(organizationId)}/{userId}", Body(("role", role)), cancellationToken);

    /// <summary>Removes a member. From the current organization, when it is the account's last, Grafana deletes the account.</summary>
    public Task<WriteAnswer> RemoveMemberAsync(Change change, long? organizationId, long userId, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Delete, $"{Members(organizationId)}/{userId}", null, cancellationToken);

    /// <summary>Creates an account.</summary>
    /// <param name="change">The change that it is part of.</param>
    /// <param name="account">Who it is.</param>
    /// <param name="organizationId">The organization to join, when the server assigns one at all (after 6.5); null for the server's choice.</param>
    /// <param name="password">UTF-8; not kept.</param>
    /// <param name="cancellationToken">Ends it; the answer is then unknown.</param>
    public Task<WriteAnswer> CreateUserAsync(
        Change change, NewGrafanaUser account, long? organizationId, ReadOnlySpan<byte> password, CancellationToken cancellationToken)
    {
        var shown = account.ToJson(organizationId, "(secret)"u8);
        return WriteAsync(
            change, HttpMethod.Post, "api/admin/users", Encoding.UTF8.GetString(shown), account.ToJson(organizationId, password), cancellationToken);
    }

    public Task<WriteAnswer> DeleteUserAsync(Change change, long id, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Delete, $"api/admin/users/{id}", null, cancellationToken);

    public Task<WriteAnswer> DisableUserAsync(Change change, long id, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Post, $"api/admin/users/{id}/disable", null, cancellationToken);

    public Task<WriteAnswer> EnableUserAsync(Change change, long id, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Post, $"api/admin/users/{id}/enable", null, cancellationToken);

    /// <summary>Ends every session of an account.</summary>
    public Task<WriteAnswer> LogOutUserAsync(Change change, long id, CancellationToken cancellationToken)
        => WriteAsync(change, HttpMethod.Post, $"api/admin/users/{id}/logout", null, cancellationToken);

    /// <summary>Invites a person into the current organization; somebody who has an account becomes a member there and then.</summary>
    public Task<WriteAnswer> InviteAsync(Change change, string email, string name, string role, bool byMail, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("loginOrEmail", email);
            json.WriteString("name", name);
            json.WriteString("role", role);
            json.WriteBoolean("sendEmail", byMail);
            json.WriteEndObject();
        }

        return WriteAsync(change, HttpMethod.Post, "api/org/invites", Encoding.UTF8.GetString(buffer.WrittenSpan), cancellationToken);
    }

    /// <summary>Withdraws an invitation. Its code is a secret: whoever has it can take the account.</summary>
    public Task<WriteAnswer> RevokeInviteAsync(Change change, GrafanaInvite invite, CancellationToken cancellationToken)
        => WriteAsync(
            change,
            HttpMethod.Patch,
            $"api/org/invites/{Uri.EscapeDataString(invite.Code ?? "")}/revoke",
            null,
            [],
            cancellationToken,
            shownPath: $"api/org/invites/(code of {invite.Id})/revoke");

    private static string Members(long? organizationId) => organizationId is { } id ? $"api/orgs/{id}/users" : "api/org/users";

    private static string Body(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Task<WriteAnswer> WriteAsync(Change change, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
        => WriteAsync(change, method, path, body, body is null ? [] : Encoding.UTF8.GetBytes(body), cancellationToken);

    /// <param name="change">The change that it is part of.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, below the instance's.</param>
    /// <param name="shown">The body as people may see it.</param>
    /// <param name="body">The body as it is sent; wiped afterwards.</param>
    /// <param name="cancellationToken">Ends it; the answer is then unknown.</param>
    /// <param name="shownPath">The path as people may see it; null when there is nothing to hide in it.</param>
    private async Task<WriteAnswer> WriteAsync(
        Change change, HttpMethod method, string path, string? shown, byte[] body, CancellationToken cancellationToken, string? shownPath = null)
    {
        try
        {
            change.Send(new ChangeRequest(method.Method, $"/{shownPath ?? path}", shown));
            return await WriteAsync(method, path, shownPath ?? path, body, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    private async Task<WriteAnswer> WriteAsync(HttpMethod method, string path, string shownPath, byte[] body, CancellationToken cancellationToken)
    {
        using var deadline = Deadline(cancellationToken);
        try
        {
            using var request = Request(method, path);
            if (body.Length > 0)
            {
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            }

            using var response = await SendAsync(request, deadline.Token, $"/{shownPath}");
            return await GrafanaResponse.ReadWriteAsync(response, instance, $"/{shownPath}", time.GetUtcNow(), deadline.Token);
        }
        catch (Exception failure) when (Explain(failure, shownPath, cancellationToken) is { } explained)
        {
            return new WriteAnswer { Status = 0, Message = explained.Message, Failure = explained };
        }
    }
}
