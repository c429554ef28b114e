using System.Text.RegularExpressions;

namespace Baton.Configuration.Validation;

/// <summary>What a text must be like. The first rule it breaks is reported.</summary>
public sealed record StringRules
{
    public static StringRules None { get; } = new();

    public int? Length { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public Regex? Pattern { get; init; }

    public string? Prefix { get; init; }

    public string? Suffix { get; init; }

    public string? Contains { get; init; }

    public IReadOnlyList<string> OneOf { get; init; } = [];

    public StringFormat Format { get; init; }

    /// <summary>A rule of its own: what is wrong, without the value, or null.</summary>
    public Func<string, string?>? Other { get; init; }

    internal string? FindProblem(string value, bool secret)
    {
        var length = value.EnumerateRunes().Count();
        var shown = secret ? "REDACTED" : value;
        return this switch
        {
            { Length: { } exact } when length != exact => $"value must be exactly {exact} characters long but got {length}",
            { MinLength: { } least } when length < least => $"value must be at least {least} characters long but got {length}",
            { MaxLength: { } most } when length > most => $"value must be at most {most} characters long but got {length}",
            { Pattern: { } pattern } when !pattern.IsMatch(value) => $"value must match pattern {pattern} but got '{shown}'",
            { Prefix: { } prefix } when !value.StartsWith(prefix, StringComparison.Ordinal)
                => $"value must have prefix '{prefix}' but got '{shown}'",
            { Suffix: { } suffix } when !value.EndsWith(suffix, StringComparison.Ordinal)
                => $"value must have suffix '{suffix}' but got '{shown}'",
            { Contains: { } part } when !value.Contains(part, StringComparison.Ordinal)
                => $"value must contain '{part}' but got '{shown}'",
            { OneOf: { Count: > 0 } choices } when !choices.Contains(value, StringComparer.Ordinal)
                => $"value must be one of [{string.Join(' ', choices)}] but got '{shown}'",
            { Format: not StringFormat.Any } when !Format.Matches(value) => $"value must be {Format.Describe()} but got '{shown}'",
            _ => Other?.Invoke(value),
        };
    }
}
