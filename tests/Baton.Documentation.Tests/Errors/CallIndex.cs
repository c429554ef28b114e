using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baton.Documentation.Tests.Errors;

/// <summary>Who calls what with which arguments. By name first, since to ask the compiler about every call takes long.</summary>
internal sealed class CallIndex
{
    private const string Unnamed = "new";

    private readonly Lazy<ILookup<string, SyntaxNode>> _byName = new(() => SourceCode.Compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes())
        .Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or PrimaryConstructorBaseTypeSyntax)
        .ToLookup(NameOf, StringComparer.Ordinal));

    /// <summary>What is given for a parameter.</summary>
    public IEnumerable<ExpressionSyntax> Arguments(IMethodSymbol method, int parameter)
    {
        var constructs = method.MethodKind == MethodKind.Constructor;
        var nodes = _byName.Value[constructs ? method.ContainingType.Name : method.Name];
        return (constructs ? nodes.Concat(_byName.Value[Unnamed]) : nodes)
            .Where(node => SymbolEqualityComparer.Default.Equals(Called(node), method))
            .Select(node => Argument(node, method, parameter))
            .OfType<ExpressionSyntax>();
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } => member.Name.Identifier.ValueText,
        ObjectCreationExpressionSyntax creation => creation.Type.ToString().Split('.')[^1].Split('<')[0],
        PrimaryConstructorBaseTypeSyntax type => type.Type.ToString().Split('.')[^1].Split('<')[0],
        _ => Unnamed,
    };

    private static IMethodSymbol? Called(SyntaxNode node)
    {
        var info = SourceCode.Model(node).GetSymbolInfo(node);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol method
            ? (method.ReducedFrom ?? method).OriginalDefinition
            : null;
    }

    private static ExpressionSyntax? Argument(SyntaxNode node, IMethodSymbol method, int parameter)
    {
        var list = node switch
        {
            InvocationExpressionSyntax invocation => invocation.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            PrimaryConstructorBaseTypeSyntax toBase => toBase.ArgumentList,
            _ => null,
        };
        if (list?.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == method.Parameters[parameter].Name) is { } named)
        {
            return named.Expression;
        }

        // The first parameter of an extension stands in front of the call.
        var extends = method.IsExtensionMethod && node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: not TypeSyntax } };
        return list?.Arguments.ElementAtOrDefault(parameter - (extends ? 1 : 0))?.Expression;
    }
}
