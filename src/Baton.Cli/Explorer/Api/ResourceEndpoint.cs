using Baton.Cli.Explorer.Model;
using Baton.Evidence.Access;
using Baton.Evidence.Accounts;
using Baton.Protocol.Connector.V2;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;

namespace Baton.Cli.Explorer.Api;

/// <summary>One resource, with what the source says about it. The only thing that is read from the file when it is asked for.</summary>
internal sealed class ResourceEndpoint(ExplorerIndex index, ExplorerSource source, DocumentMaker documents)
{
    private const int LongestValue = 2000;

    public Task HandleAsync(HttpContext context)
    {
        var query = new ApiQuery(context.Request.Query);
        var (type, id) = (query.Required("type"), query.Required("id"));
        var resource = source.Reader.FindResource(type, id);
        var holder = index.FindHolder(type, id);
        var target = index.FindTarget(type, id);
        if (resource is null && holder is null && target is null)
        {
            throw ExplorerApiException.NotFound($"This sync holds no {type}:{id}, and nothing in it names one.");
        }

        return ApiAnswer.SendAsync(context, Describe(type, id, resource, holder, target), ExplorerJson.Default.ResourceDocument);
    }

    private ResourceDocument Describe(string type, string id, Resource? resource, Principal? holder, AccessTarget? target)
    {
        var account = holder is { Kind: not AccountKind.Group } ? holder : null;
        var secret = index.Book.Secrets.FirstOrDefault(secret => secret.TypeId == type && secret.Id == id);
        return new(
            type,
            index.TypeName(type),
            id,
            account?.Name ?? target?.Label ?? holder?.Name ?? $"{type}:{id}",
            Missing: resource is null,
            resource?.Description is { Length: > 0 } description ? description : null,
            Parent(resource, target),
            account is null ? null : documents.Account(account),
            account is null or { SignIn: SignInKind.Unknown } ? null : account.SignIn == SignInKind.Managed ? "through an identity provider" : "with a password of its own",
            account?.HasMfa switch { true => "yes", false => "no", null => null },
            [.. secret is null ? [] : OfSecret(secret), .. Attributes(resource)],
            target is null ? [] : [.. target.Roles.OrderBy(role => role.Order).Select(role => new RoleDocument(role.Id, role.Name, role.IsPrivileged, index.CountRows(role)))],
            holder is null ? 0 : index.CountRows(holder),
            target is null ? 0 : index.Count(target).Grants);
    }

    private Reference? Parent(Resource? resource, AccessTarget? target)
        => target?.Parent is { } parent ? DocumentMaker.Reference(parent)
            : resource?.ParentResourceId is { } id ? new(id.ResourceType, index.TypeName(id.ResourceType), id.Resource, Name(id))
            : null;

    private string Name(ResourceId id)
        => index.FindTarget(id.ResourceType, id.Resource)?.Label ?? index.FindHolder(id.ResourceType, id.Resource)?.Name ?? $"{id.ResourceType}:{id.Resource}";

    private static IEnumerable<NamedValue> OfSecret(Secret secret)
    {
        yield return new("Owner", secret.Owner.Length > 0 ? secret.Owner : "not provided");
        yield return new("Created", secret.Created is { } created ? Date(created) : "not provided");
        yield return new("Expires", secret.Expires is { } end ? Date(end) : "never");
        yield return new("Last used", secret.LastUsed is { } used ? Date(used) : "not provided");
    }

    private static IEnumerable<NamedValue> Attributes(Resource? resource)
    {
        if (resource is null)
        {
            yield break;
        }

        if (resource.Status?.Details is { Length: > 0 } details)
        {
            yield return new("status", details);
        }

        foreach (var (name, value) in Profile.Of(resource).Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (Text(value) is { Length: > 0 } text)
            {
                yield return new(name, text.Length > LongestValue ? text[..LongestValue] + "…" : text);
            }
        }
    }

    private static string Text(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => $"{value.NumberValue}",
        Value.KindOneofCase.BoolValue => value.BoolValue ? "yes" : "no",
        Value.KindOneofCase.ListValue => string.Join(", ", value.ListValue.Values.Select(Text)),
        Value.KindOneofCase.StructValue => string.Join(", ", value.StructValue.Fields.Select(field => $"{field.Key}: {Text(field.Value)}")),
        _ => "",
    };

    private static string Date(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd}";
}

/// <param name="Missing">Grants name it, but the sync does not hold it.</param>
/// <param name="Access">How many grants it holds.</param>
/// <param name="People">How many grants there are on it.</param>
internal sealed record ResourceDocument(
    string Type,
    string TypeName,
    string Id,
    string Name,
    bool Missing,
    string? Description,
    Reference? Parent,
    AccountDocument? Account,
    string? SignIn,
    string? Mfa,
    IReadOnlyList<NamedValue> Attributes,
    IReadOnlyList<RoleDocument> Roles,
    int Access,
    int People);

internal sealed record NamedValue(string Name, string Value);

internal sealed record RoleDocument(string Id, string Name, bool Privileged, int People);
