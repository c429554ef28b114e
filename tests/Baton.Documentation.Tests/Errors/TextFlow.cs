using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baton.Documentation.Tests.Errors;

/// <summary>
/// Which texts an expression can be. It follows a text through conditions, variables, parameters and methods, and makes a gap of what it
/// cannot follow.
/// </summary>
internal sealed class TextFlow
{
    private const int Deepest = 6;
    private const int MostVariants = 64;
    private static readonly string Gap = $"{TextPattern.Gap}";

    private readonly CallIndex _calls = new();
    private readonly HashSet<ISymbol> _underWay = new(SymbolEqualityComparer.Default);
    private HashSet<string>? _filledIn;

    public IReadOnlyList<string> Of(ExpressionSyntax expression, int depth = 0)
    {
        if (depth > Deepest)
        {
            return [Gap];
        }

        return expression switch
        {
            LiteralExpressionSyntax literal when literal.Token.Value is string text => [text],
            LiteralExpressionSyntax => [],
            ParenthesizedExpressionSyntax inner => Of(inner.Expression, depth),
            PostfixUnaryExpressionSyntax inner => Of(inner.Operand, depth),
            CastExpressionSyntax inner => Of(inner.Expression, depth),
            ThrowExpressionSyntax => [],
            TupleExpressionSyntax tuple => [.. tuple.Arguments.SelectMany(part => Of(part.Expression, depth))],
            ConditionalExpressionSyntax choice => [.. Of(choice.WhenTrue, depth), .. Of(choice.WhenFalse, depth)],
            SwitchExpressionSyntax choice => [.. choice.Arms.SelectMany(arm => Of(arm.Expression, depth))],
            BinaryExpressionSyntax either when either.IsKind(SyntaxKind.CoalesceExpression) => [.. Of(either.Left, depth), .. Of(either.Right, depth)],
            BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => Join([Of(sum.Left, depth), Of(sum.Right, depth)]),
            InterpolatedStringExpressionSyntax text => Join([.. text.Contents.Select(part => Part(part, depth))]),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Trim" or "TrimEnd" or "ToString" } trimmed } => Of(trimmed.Expression, depth),

            // One of many, each made by the same method.
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FirstOrDefault" } first } => Of(first.Expression, depth),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" }, ArgumentList.Arguments: [var made] } => Made(made.Expression, depth),
            _ => Follow(expression, depth),
        };
    }

    private IReadOnlyList<string> Made(ExpressionSyntax made, int depth)
        => made is LambdaExpressionSyntax { ExpressionBody: { } body } ? Of(body, depth) : Follow(made, depth);

    /// <summary>Which sentences are filled into a text.</summary>
    public IEnumerable<string> Within(ExpressionSyntax expression)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        _filledIn = seen;
        Of(expression);
        _filledIn = null;
        return seen;
    }

    private IReadOnlyList<string> Part(InterpolatedStringContentSyntax part, int depth)
    {
        switch (part)
        {
            case InterpolatedStringTextSyntax text:
                return [text.TextToken.ValueText.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)];

            // What is filled in is a gap, unless the choice between texts is made on the spot.
            case InterpolationSyntax { Expression: ParenthesizedExpressionSyntax { Expression: ConditionalExpressionSyntax choice } }:
                return Of(choice, depth + 1);

            // Or it is a constant, as a prefix is, or one of ours that says of itself how people know it.
            case InterpolationSyntax { Expression: var known } when SourceCode.Model(known).GetConstantValue(known) is { HasValue: true, Value: string constant } && !IsSentence(constant):
                return [constant];

            case InterpolationSyntax { Expression: var known } when NameOf(known) is { } name:
                return Of(name, depth + 1);

            case InterpolationSyntax { Expression: var filled } when _filledIn is not null:
                _filledIn.UnionWith(Of(filled, depth + 1).Where(IsSentence));
                return [Gap];

            default:
                return [Gap];
        }
    }

    private static bool IsSentence(string text) => text.Split(' ').Count(word => word.Any(char.IsLetter)) > 4;

    private static ExpressionSyntax? NameOf(ExpressionSyntax expression)
        => SourceCode.Model(expression).GetTypeInfo(expression).Type is INamedTypeSymbol { IsRecord: true } type
            ? type.GetMembers(nameof(ToString)).SelectMany(member => member.DeclaringSyntaxReferences).Select(reference => reference.GetSyntax())
                .OfType<MethodDeclarationSyntax>().Select(method => method.ExpressionBody?.Expression).FirstOrDefault(body => body is InterpolatedStringExpressionSyntax)
            : null;

    private IReadOnlyList<string> Follow(ExpressionSyntax expression, int depth)
    {
        var model = SourceCode.Model(expression);
        if (model.GetConstantValue(expression) is { HasValue: true, Value: string constant })
        {
            return [constant];
        }

        var info = model.GetSymbolInfo(expression is InvocationExpressionSyntax call ? call.Expression : expression);
        var symbol = info.Symbol ?? (info.CandidateSymbols is [var only] ? only : null);
        if (symbol is null || !_underWay.Add(symbol))
        {
            return [Gap];
        }

        try
        {
            var sources = Sources(symbol).ToList();
            return sources.Count == 0 ? [Gap] : [.. sources.SelectMany(source => Of(source, depth + 1)).Distinct(StringComparer.Ordinal)];
        }
        finally
        {
            _underWay.Remove(symbol);
        }
    }

    private IEnumerable<ExpressionSyntax> Sources(ISymbol symbol)
    {
        if (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter)
        {
            return _calls.Arguments(method.OriginalDefinition, parameter.Ordinal);
        }

        return symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).SelectMany(declaration => declaration switch
        {
            MethodDeclarationSyntax made => Returned(made, made.ExpressionBody),
            LocalFunctionStatementSyntax made => Returned(made, made.ExpressionBody),
            PropertyDeclarationSyntax { ExpressionBody: { } body } => [body.Expression],
            VariableDeclaratorSyntax variable => Assigned(variable),
            SingleVariableDesignationSyntax designation => Designated(designation),
            _ => [],
        });
    }

    private static IEnumerable<ExpressionSyntax> Returned(SyntaxNode method, ArrowExpressionClauseSyntax? body) => body is not null
        ? [body.Expression]
        : method.DescendantNodes(node => node is not (LocalFunctionStatementSyntax or LambdaExpressionSyntax) || node == method)
            .OfType<ReturnStatementSyntax>().Select(answer => answer.Expression).OfType<ExpressionSyntax>();

    private static IEnumerable<ExpressionSyntax> Assigned(VariableDeclaratorSyntax variable)
    {
        var name = variable.Identifier.ValueText;
        var later = variable.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var assigned } && assigned == name)
            .Select(assignment => assignment.Right) ?? [];
        return variable.Initializer is { } first ? later.Prepend(first.Value) : later;
    }

    // A variable of a pattern is what was matched; one of a tuple is that part of it.
    private IEnumerable<ExpressionSyntax> Designated(SingleVariableDesignationSyntax designation)
    {
        if (designation.Parent is ParenthesizedVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } } parts)
        {
            return InTuple(assignment.Right, parts.Variables.IndexOf(designation));
        }

        return designation.Parent is RecursivePatternSyntax { PropertyPatternClause.Subpatterns.Count: 0 } or VarPatternSyntax
            ? designation.Parent.Parent switch
            {
                IsPatternExpressionSyntax match => [match.Expression],
                SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } => [choice.GoverningExpression],
                _ => [],
            }
            : [];
    }

    private IEnumerable<ExpressionSyntax> InTuple(ExpressionSyntax expression, int place) => expression switch
    {
        TupleExpressionSyntax tuple => [tuple.Arguments[place].Expression],
        ParenthesizedExpressionSyntax inner => InTuple(inner.Expression, place),
        ConditionalExpressionSyntax choice => [.. InTuple(choice.WhenTrue, place), .. InTuple(choice.WhenFalse, place)],
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => InTuple(arm.Expression, place)),
        InvocationExpressionSyntax call when SourceCode.Model(call).GetSymbolInfo(call.Expression).Symbol is { } symbol
            => Sources(symbol).SelectMany(source => InTuple(source, place)),
        _ => [],
    };

    private static List<string> Join(IReadOnlyList<IReadOnlyList<string>> parts)
    {
        List<string> joined = [""];
        foreach (var variants in parts)
        {
            joined = variants.Count == 0 || joined.Count * variants.Count > MostVariants
                ? joined.ConvertAll(beginning => beginning + Gap)
                : [.. joined.SelectMany(beginning => variants.Select(variant => beginning + variant))];
        }

        return joined;
    }
}
