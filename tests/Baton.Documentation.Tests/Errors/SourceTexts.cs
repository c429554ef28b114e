using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baton.Documentation.Tests.Errors;

/// <summary>Finds in the source what the programs say when something is wrong.</summary>
internal static partial class SourceTexts
{
    // The exceptions whose message reaches whoever runs the programs, and which argument it is.
    private static readonly Dictionary<string, int> Messages = new(StringComparer.Ordinal)
    {
        ["ConnectorException"] = 1,
        ["PlatformException"] = 2,
        ["C1zException"] = 1,
        ["SyncException"] = 0,
        ["ConfigurationException"] = 0,
        ["UsageException"] = 0,
        ["CliException"] = 0,
        ["EvidenceException"] = 0,
        ["NotThePlatformException"] = 0,
        ["CredentialException"] = 0,
        ["DecryptionException"] = 0,
    };

    // Methods of rules that return a sentence, or sentences, when something is wrong.
    private static readonly string[] Rules = ["FindProblem", "FindProblems", "MissingTogether", "SetTogether", "Select"];

    private static readonly Lazy<IReadOnlyList<SourceText>> Lazily = new(Find);

    public static IReadOnlyList<SourceText> All => Lazily.Value;

    private static IReadOnlyList<SourceText> Find()
    {
        var flow = new TextFlow();
        return [.. SourceCode.Compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes().SelectMany(node => Said(node).Select(said => (node, said.Kind, said.Text))))
            .SelectMany(found => flow.Of(found.Text).Select(text => new SourceText(TextPattern.Of(Text(found.Kind, text)), found.Kind, Place(found.node)))
                .Concat(flow.Within(found.Text).Select(text => new SourceText(TextPattern.Of(text), "Within", Place(found.node)))))
            .Where(text => text.Pattern.Known > 0)
            .DistinctBy(text => text.Pattern)];
    }

    private static IEnumerable<(string Kind, ExpressionSyntax Text)> Said(SyntaxNode node) => node switch
    {
        BaseObjectCreationExpressionSyntax creation => Thrown(creation),
        AttributeSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: "LoggerMessage" } } attribute => Logged(attribute),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Warn" }, ArgumentList.Arguments: [var text] } => [("Warn", text.Expression)],
        ReturnStatementSyntax { Expression: { } text } when IsRule(node) => [("Rule", text)],
        YieldStatementSyntax { Expression: { } text } when IsRule(node) => [("Rule", text)],
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax } arrow when IsRule(node) => [("Rule", arrow.Expression)],
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Fail" }, ArgumentList.Arguments: [_, _, var text] } => [("Fail", text.Expression)],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WriteDiagnostic" }, ArgumentList.Arguments: [_, var text] } => [("Diagnostic", text.Expression)],
        PrimaryConstructorBaseTypeSyntax { Type: var type, ArgumentList.Arguments: [{ Expression: not IdentifierNameSyntax } text, ..] } when type.ToString().EndsWith("Exception", StringComparison.Ordinal) => [(type.ToString(), text.Expression)],
        _ => [],
    };

    private static IEnumerable<(string Kind, ExpressionSyntax Text)> Thrown(BaseObjectCreationExpressionSyntax creation)
    {
        var type = creation is ObjectCreationExpressionSyntax { Type: var named }
            ? named.ToString().Split('.')[^1]
            : SourceCode.Model(creation).GetTypeInfo(creation).Type?.Name ?? "";
        return Messages.TryGetValue(type, out var place) && creation.ArgumentList is { } list && list.Arguments.Count > place
            ? [(type, list.Arguments[place].Expression)]
            : [];
    }

    private static IEnumerable<(string Kind, ExpressionSyntax Text)> Logged(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList!.Arguments.ToDictionary(argument => argument.NameEquals!.Name.Identifier.ValueText, argument => argument.Expression, StringComparer.Ordinal);
        return arguments["Level"].ToString() is "LogLevel.Warning" or "LogLevel.Error" ? [("Log", arguments["Message"])] : [];
    }

    // In a log message what varies is a field, and the text is constant; but for the few that are a text as a whole.
    private static string Text(string kind, string text) => kind == "Log" ? Field().Replace(text, $"{TextPattern.Gap}") : text;

    private static bool IsRule(SyntaxNode node)
        => node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: var name }
            && ((Array.IndexOf(Rules, name) >= 0 && node.SyntaxTree.FilePath.Contains("/Baton.Configuration/", StringComparison.Ordinal))
                || (name == "Of" && node.SyntaxTree.FilePath.EndsWith("/FailureText.cs", StringComparison.Ordinal)));

    private static string Place(SyntaxNode node)
        => $"{Path.GetRelativePath(Repository.Root, node.SyntaxTree.FilePath)}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Field();
}
