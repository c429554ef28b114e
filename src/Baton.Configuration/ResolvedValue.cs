namespace Baton.Configuration;

/// <summary>A field's value, as an object of the field's type, and where it came from.</summary>
public readonly record struct ResolvedValue(ConfigurationField Field, object Value, ValueSource Source)
{
    /// <summary>Why there is no usable value although one is given; null when there is nothing wrong with how it is given.</summary>
    public string? Problem { get; init; }

    /// <summary>Where a secret from a file is read again; null for everything else.</summary>
    public ConfiguredSecret? Current { get; init; }

    /// <summary>The secret's file, when every account of the machine may read it.</summary>
    public string? PublicFile { get; init; }

    /// <summary>Something is given, be it good or not.</summary>
    public bool IsPresent => !IsEmpty || Problem is not null;

    public bool IsSet => Source != ValueSource.Default;

    public bool IsEmpty => Field.IsZero(Value);

    // A record would print the value.
    public override string ToString() => $"{Field.Name} ({Source})";
}
