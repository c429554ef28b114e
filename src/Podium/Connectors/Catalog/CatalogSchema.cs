using System.Text.Json;
using Baton.Protocol.Config.V1;
using Google.Protobuf;

namespace Podium.Connectors.Catalog;

/// <summary>The form of a connector's settings, from what its executable prints (<c>config</c>, a <c>c1.config.v1.Configuration</c> as JSON).</summary>
internal sealed record CatalogSchema(string DisplayName, string HelpUrl, IReadOnlyList<CatalogField> Fields, IReadOnlyList<CatalogMethod> Methods)
{
    /// <summary>The setting that names the method.</summary>
    public const string MethodField = "auth-method";

    public static CatalogSchema Empty { get; } = new("", "", [], []);

    /// <summary>A connector that runs elsewhere has no settings here.</summary>
    public CatalogMethod? DefaultMethod => Methods.FirstOrDefault(method => method.IsDefault) ?? (Methods.Count > 0 ? Methods[0] : null);

    /// <exception cref="JsonException">It is not such a document.</exception>
    public static CatalogSchema Parse(string json)
    {
        try
        {
            var read = new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true)).Parse<Configuration>(json);
            return new(
                read.DisplayName,
                read.HelpUrl,
                // What is for operators is ours to set: where it logs, what it reports to.
                [.. read.Fields.Where(field => !field.IsOps).Select(Field)],
                [.. read.FieldGroups.Select(group => new CatalogMethod(group.Name, group.DisplayName, group.HelpText, [.. group.Fields], group.Default))]);
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new JsonException($"It is not a connector's configuration schema: {malformed.Message}", malformed);
        }
    }

    private static CatalogField Field(Field field) => new()
    {
        Name = field.Name,
        DisplayName = field.DisplayName.Length > 0 ? field.DisplayName : field.Name,
        Description = field.Description,
        Placeholder = field.Placeholder,
        IsRequired = field.IsRequired,
        Kind = Kind(field),
        Default = field.FieldCase switch
        {
            Baton.Protocol.Config.V1.Field.FieldOneofCase.StringField => field.StringField.DefaultValue,
            Baton.Protocol.Config.V1.Field.FieldOneofCase.BoolField => field.BoolField.DefaultValue ? "true" : "false",
            Baton.Protocol.Config.V1.Field.FieldOneofCase.IntField when field.IntField.DefaultValue != 0 => $"{field.IntField.DefaultValue}",
            Baton.Protocol.Config.V1.Field.FieldOneofCase.StringSliceField => string.Join(',', field.StringSliceField.DefaultValue),
            _ => "",
        },
        Options = field.StringField is { } text ? [.. text.Options.Select(option => option.Value), .. text.Rules?.In ?? []] : [],
    };

    private static CatalogFieldKind Kind(Field field)
        => field.IsSecret || IsNamedAsSecret(field) ? CatalogFieldKind.Secret
        : field.FieldCase switch
        {
            Baton.Protocol.Config.V1.Field.FieldOneofCase.BoolField => CatalogFieldKind.Switch,
            Baton.Protocol.Config.V1.Field.FieldOneofCase.IntField => CatalogFieldKind.Number,
            Baton.Protocol.Config.V1.Field.FieldOneofCase.StringSliceField => CatalogFieldKind.List,
            _ when field.StringField is { } text && (text.Options.Count > 0 || text.Rules?.In.Count > 0) => CatalogFieldKind.Choice,
            _ => CatalogFieldKind.Text,
        };

    // A connector of 2025 did not mark its password. A switch about tokens is no secret.
    private static bool IsNamedAsSecret(Field field)
        => field.FieldCase is Baton.Protocol.Config.V1.Field.FieldOneofCase.StringField or Baton.Protocol.Config.V1.Field.FieldOneofCase.None
        && field.Name.Split('-', '_').Any(word => word is "password" or "token" or "secret" or "key");
}
