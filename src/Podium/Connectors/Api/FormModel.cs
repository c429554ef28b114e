using System.Globalization;
using System.Text.Json.Serialization;
using Podium.Connectors.Catalog;

namespace Podium.Connectors.Api;

/// <summary>The form of a connector's settings as <c>c1.api.form.v1.Form</c> says it. A group is a way to sign in; <c>auth-method</c> names the one that is meant.</summary>
internal sealed record FormModel(string Id, string DisplayName, string Description, IReadOnlyList<FormFieldModel> Fields, IReadOnlyList<FormGroupModel> FieldGroups)
{
    public IReadOnlyList<string> FieldRelationships { get; } = [];

    public static FormModel Of(CatalogEntry entry, CatalogSchema schema) => new(
        entry.Id,
        schema.DisplayName.Length > 0 ? schema.DisplayName : entry.DisplayName,
        entry.Description,
        [.. schema.Fields.Select(FormFieldModel.Of)],
        [.. schema.Methods.Select(method => new FormGroupModel(method.Name, method.DisplayName, method.Help, method.Fields, method.IsDefault))]);
}

internal sealed record FormGroupModel(string Name, string DisplayName, string HelpText, IReadOnlyList<string> Fields, bool Default);

/// <summary>Of the last four exactly one is there: the kind of the field.</summary>
internal sealed record FormFieldModel(string Name, string DisplayName, string Description, bool Required)
{
    public bool ReadOnly { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StringFieldModel? StringField { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BoolFieldModel? BoolField { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NumberFieldModel? Int64Field { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SliceFieldModel? StringSliceField { get; init; }

    public static FormFieldModel Of(CatalogField field)
    {
        var model = new FormFieldModel(field.Name, field.DisplayName, field.Description, field.IsRequired);
        return field.Kind switch
        {
            CatalogFieldKind.Switch => model with { BoolField = new(field.Default == "true") },
            CatalogFieldKind.Number => model with
            {
                Int64Field = new(long.TryParse(field.Default, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, field.Placeholder),
            },
            CatalogFieldKind.List => model with { StringSliceField = new(field.Default.Split(',', StringSplitOptions.RemoveEmptyEntries), field.Placeholder) },
            CatalogFieldKind.Secret => model with { StringField = new(field.Default, field.Placeholder) { PasswordField = new() } },
            CatalogFieldKind.Choice => model with
            {
                StringField = new(field.Default, field.Placeholder) { SelectField = new([.. field.Options.Select(option => new SelectOptionModel(option, option, ""))]) },
            },
            _ => model with { StringField = new(field.Default, field.Placeholder) { TextField = new() } },
        };
    }
}

internal sealed record FieldViewModel;

internal sealed record StringFieldModel(string DefaultValue, string Placeholder)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldViewModel? TextField { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldViewModel? PasswordField { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SelectFieldModel? SelectField { get; init; }
}

internal sealed record SelectFieldModel(IReadOnlyList<SelectOptionModel> Options)
{
    public string Type { get; } = "SELECT_TYPE_DROPDOWN";
}

internal sealed record SelectOptionModel(string Value, string DisplayName, string Description);

internal sealed record BoolFieldModel(bool DefaultValue)
{
    public FieldViewModel CheckboxField { get; } = new();
}

internal sealed record NumberFieldModel(long? DefaultValue, string Placeholder)
{
    public FieldViewModel NumberField { get; } = new();
}

internal sealed record SliceFieldModel(IReadOnlyList<string> DefaultValues, string Placeholder)
{
    public FieldViewModel ChipsField { get; } = new();
}
