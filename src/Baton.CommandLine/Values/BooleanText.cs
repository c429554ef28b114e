namespace Baton.CommandLine.Values;

internal static class BooleanText
{
    public static bool Parse(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw new FormatException($"strconv.ParseBool: parsing {QuotedText.Quote(text)}: invalid syntax"),
    };
}
