using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Baton.Documentation.Tests.Errors;

/// <summary>The source of the product as the compiler sees it. What generators add is missing, which does no harm here.</summary>
internal static class SourceCode
{
    private static readonly Lazy<CSharpCompilation> Lazily = new(Compile);

    private static readonly ConcurrentDictionary<SyntaxTree, SemanticModel> Models = new();

    public static CSharpCompilation Compilation => Lazily.Value;

    /// <summary>What the compiler knows of a file. Kept, since making it anew for each question takes minutes.</summary>
    public static SemanticModel Model(SyntaxNode node) => Models.GetOrAdd(node.SyntaxTree, tree => Compilation.GetSemanticModel(tree));

    private static CSharpCompilation Compile()
    {
        // Generated messages are taken from the built assembly; everything else of ours as source. Podium says what is wrong on its pages and in the
        // answers of its API, beside what it is about.
        var projects = Directory.EnumerateDirectories(Repository.PathOf("src")).Select(path => Path.GetFileName(path)!).Where(name => name is not ("Baton.Protocol" or "Podium")).ToList();
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var usings = CSharpSyntaxTree.ParseText(
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
            + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;",
            options);
        var trees = projects.SelectMany(project => Repository.Sources($"src/{project}"))
            .Where(path => Path.GetFileName(path) != "Program.cs")
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path));
        var ours = projects.ToHashSet(StringComparer.Ordinal);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !ours.Contains(Path.GetFileNameWithoutExtension(path)) && Path.GetFileName(path) is not ("baton.dll" or "baton-grafana.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("source", [usings, .. trees], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
