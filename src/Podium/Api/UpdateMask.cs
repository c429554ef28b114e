using System.Text.Json;

namespace Podium.Api;

/// <summary>Which members of an update count: paths separated by commas, in camelCase or snake_case. Without a mask, those that are there.</summary>
internal sealed class UpdateMask
{
    private readonly HashSet<string>? _paths;

    private UpdateMask(HashSet<string>? paths) => _paths = paths;

    /// <param name="text">As it was sent.</param>
    /// <param name="known">What can be changed, in camelCase.</param>
    /// <exception cref="ApiException">It names something else.</exception>
    public static UpdateMask Parse(string? text, IReadOnlyCollection<string> known)
    {
        var paths = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(CamelCase).ToHashSet(StringComparer.Ordinal);
        return paths.FirstOrDefault(path => !known.Contains(path, StringComparer.Ordinal)) is { } unknown
            ? throw new ApiException(
                ApiCode.InvalidArgument,
                $"'{unknown}' cannot be changed here: the mask may name {string.Join(", ", known)}.",
                ApiErrors.FieldDetails("updateMask", $"'{unknown}' cannot be changed here."))
            : new(paths.Count == 0 ? null : paths);
    }

    /// <param name="path">In camelCase.</param>
    /// <param name="isThere">Whether the body has it.</param>
    public bool Has(string path, bool isThere) => _paths?.Contains(path) ?? isThere;

    // "user_ids" is "userIds"; what is below a member means the member.
    private static string CamelCase(string path)
    {
        var words = path.Split('.')[0].Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? path : JsonNamingPolicy.CamelCase.ConvertName(words[0]) + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
