using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baton.Documentation.Tests.Names;

/// <summary>A name means one type in all that is shipped: whoever searches for it finds what it is.</summary>
public sealed class TypeNameTests
{
    [Fact]
    public void Types_OfAllPrograms_HaveNamesOfTheirOwn()
    {
        var shared = Repository.Sources("src").SelectMany(path => Declared(path).Select(name => (name, path)))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("src"), "*.razor", SearchOption.AllDirectories).Select(path => (name: Path.GetFileNameWithoutExtension(path), path)))
            .GroupBy(type => type.name, type => Path.GetRelativePath(Repository.Root, type.path), StringComparer.Ordinal)
            .Where(type => type.Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(type => $"{type.Key}: {string.Join(", ", type.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}");

        Assert.Empty(shared);
    }

    // Types within others have those for their surname; the parts of a partial one lie in files of one folder.
    private static IEnumerable<string> Declared(string path)
        => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes(node => node is not TypeDeclarationSyntax)
            .OfType<BaseTypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => type.Identifier.ValueText + Arity(type));

    private static string Arity(BaseTypeDeclarationSyntax type)
        => type is TypeDeclarationSyntax { TypeParameterList.Parameters.Count: var count and > 0 } ? $"`{count}" : "";
}
