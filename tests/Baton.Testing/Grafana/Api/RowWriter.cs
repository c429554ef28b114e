using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Testing.Grafana.State;

namespace Baton.Testing.Grafana.Api;

/// <summary>
/// Writes the rows of the two long listings, accounts and members. A row is rendered once and then copied, which makes
/// a page of a thousand rows a matter of microseconds.
/// </summary>
internal sealed class RowWriter(GrafanaState state, FakeGrafanaOptions options, DateTimeOffset now)
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly GrafanaVersion _version = options.Version;
    private ArrayBufferWriter<byte>? _scratch;
    private Utf8JsonWriter? _scratchJson;

    public RowWriter(ApiCall call)
        : this(call.State, call.Options, call.Now)
    {
    }

    public void Write(Utf8JsonWriter json, UserRow user) => json.WriteRawValue(Render(user), skipInputValidation: true);

    public void Write(Utf8JsonWriter json, Membership membership) => json.WriteRawValue(Render(membership), skipInputValidation: true);

    public ReadOnlySpan<byte> Render(UserRow user)
    {
        var age = Age.Between(user.LastSeen, now);
        if (!user.ListItem.TryGet(age, out var row))
        {
            WriteUser(StartRow(), user, age);
            row = Keep(user.ListItem, age);
        }

        return row;
    }

    public ReadOnlySpan<byte> Render(Membership membership)
    {
        var age = Age.Between(membership.User.LastSeen, now);
        if (!membership.Row.TryGet(age, out var row))
        {
            WriteMember(StartRow(), membership, age);
            row = Keep(membership.Row, age);
        }

        return row;
    }

    public void WriteLabels(Utf8JsonWriter json, UserRow user)
    {
        json.WriteStartArray("authLabels");
        if (user.AuthModule is { } module)
        {
            json.WriteStringValue(AuthLabels.For(module, _version));
        }

        json.WriteEndArray();
    }

    private Utf8JsonWriter StartRow()
    {
        if (_scratchJson is null)
        {
            _scratch = new(512);
            _scratchJson = new(_scratch, Options);
        }

        _scratch!.ResetWrittenCount();
        _scratchJson.Reset();
        return _scratchJson;
    }

    private byte[] Keep(RenderedRow row, Age age)
    {
        _scratchJson!.Flush();
        var json = _scratch!.WrittenSpan.ToArray();
        row.Keep(age, json);
        return json;
    }

    private void WriteUser(Utf8JsonWriter json, UserRow user, Age age)
    {
        json.WriteStartObject();
        json.WriteNumber("id", user.Id);
        if (_version.IsAtLeast(11))
        {
            json.WriteString("uid", user.Uid);
        }

        json.WriteString("name", user.Name);
        json.WriteString("login", user.Login);
        json.WriteString("email", user.Email);
        json.WriteString("avatarUrl", Avatars.OfUser(user.Email, options));
        json.WriteBoolean("isAdmin", user.IsServerAdmin);
        json.WriteBoolean("isDisabled", user.IsDisabled);
        json.WriteString("lastSeenAt", Timestamps.Format(user.LastSeen));
        json.WriteString("lastSeenAtAge", age.ToString());
        WriteLabels(json, user);
        if (_version.IsAtLeast(11))
        {
            json.WriteString("created", Timestamps.Format(user.Created));
        }

        if (_version.IsAtLeast(12))
        {
            json.WriteBoolean("isProvisioned", user.IsProvisioned);
        }

        json.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter json, Membership membership, Age age)
    {
        var user = membership.User;
        json.WriteStartObject();
        json.WriteNumber("orgId", membership.Org.Id);
        json.WriteNumber("userId", user.Id);
        if (_version.IsAtLeast(11))
        {
            json.WriteString("uid", user.Uid);
        }

        json.WriteString("email", user.Email);
        if (_version.IsAtLeast(7))
        {
            json.WriteString("name", user.Name);
        }

        json.WriteString("avatarUrl", Avatars.OfUser(user.Email, options));
        json.WriteString("login", user.Login);
        json.WriteString("role", membership.Role.ToString());
        json.WriteString("lastSeenAt", Timestamps.Format(user.LastSeen));
        if (_version.IsAtLeast(11))
        {
            json.WriteString("created", Timestamps.Format(user.Created));
        }

        json.WriteString("lastSeenAtAge", age.ToString());
        if (_version.IsModern)
        {
            json.WriteBoolean("isDisabled", user.IsDisabled);
            WriteLabels(json, user);
        }

        if (_version.IsAtLeast(9, 5))
        {
            json.WriteBoolean("isExternallySynced", state.IsExternallySynced(user));
        }

        if (_version.IsAtLeast(12))
        {
            json.WriteBoolean("isProvisioned", user.IsProvisioned);
        }

        json.WriteEndObject();
    }
}
