namespace Baton.Sdk.Configuration;

/// <summary>A field's value, as an object of the field's type, and where it came from.</summary>
internal readonly record struct ResolvedValue(ConfigurationField Field, object Value, ValueSource Source)
{
    public bool IsSet => Source != ValueSource.Default;

    public bool IsEmpty => Field.IsZero(Value);

    // A record would print the value.
    public override string ToString() => $"{Field.Name} ({Source})";
}
