namespace Baton.Configuration.Validation;

public sealed record IntegerRules
{
    public static IntegerRules None { get; } = new();

    public long? LessThan { get; init; }

    public long? AtMost { get; init; }

    public long? GreaterThan { get; init; }

    public long? AtLeast { get; init; }

    /// <summary>Zero is checked like any other number. By default it means "not given" and passes.</summary>
    public bool CheckZero { get; init; }

    public bool HasNoBounds => LessThan is null && AtMost is null && GreaterThan is null && AtLeast is null;

    internal string? FindProblem(long value) => this switch
    {
        { LessThan: { } limit } when value >= limit => $"value must be less than {limit} but got {value}",
        { AtMost: { } limit } when value > limit => $"value must be less than or equal to {limit} but got {value}",
        { GreaterThan: { } limit } when value <= limit => $"value must be greater than {limit} but got {value}",
        { AtLeast: { } limit } when value < limit => $"value must be greater than or equal to {limit} but got {value}",
        _ => null,
    };
}
