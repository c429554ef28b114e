using System.Text;

namespace Baton.BillOfMaterials;

/// <summary>The texts that licences of others want to see beside the executable that holds their work.</summary>
internal static class LicenceNotices
{
    private static readonly string Line = new('-', 100);

    public static string Write(IEnumerable<NuGetPackage> packages)
    {
        var text = new StringBuilder("This product holds the work of others. Below are their names, and the terms they ask for.\n");
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var package in packages)
        {
            text.Append('\n').Append(Line).Append('\n');
            text.Append($"{package.Name} {package.Version}\n");
            Append(text, package.Copyright.Length > 0 ? package.Copyright : $"Copyright (c) {package.Authors}");
            Append(text, package.Website);
            Append(text, package.Licence is { } licence ? $"Licence: {licence}" : null);
            foreach (var each in package.HasLicenceText ? package.Texts : [Standard(package), .. package.Texts])
            {
                // Packages of one house bring the same long text each.
                var terms = each.ReplaceLineEndings("\n").Trim();
                text.Append('\n').Append(shown.TryAdd(terms, package.Name) ? terms : $"The terms are those shown above, under {shown[terms]}.").Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is { Length: > 0 })
        {
            text.Append(line).Append('\n');
        }
    }

    private static string Standard(NuGetPackage package)
    {
        using var stream = package.Licence is { } licence ? typeof(LicenceNotices).Assembly.GetManifestResourceStream(licence) : null;
        if (stream is null)
        {
            throw new BillException($"{package.Name} brings no licence text, and '{package.Licence}' is not in eng/Baton.BillOfMaterials/Licences.");
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
